"""How the states of deploys and services look."""

from typing import Final

from core.render.api.answers import Deploy
from desktop.theme.looks import Look, Shape

DEPLOY: Final[dict[str, Look]] = {
    "created": Look("grey", Shape.HOLLOW_CIRCLE, "Queued"),
    "queued": Look("grey", Shape.HOLLOW_CIRCLE, "Queued"),
    "build_in_progress": Look("acc", Shape.PLAY, "Building"),
    "pre_deploy_in_progress": Look("acc", Shape.PLAY, "Pre-deploy"),
    "update_in_progress": Look("violet", Shape.OPEN_ARC, "Starting"),
    "live": Look("ok", Shape.CIRCLE, "Live"),
    "deactivated": Look("grey", Shape.HOLLOW_CIRCLE, "Was live"),
    "build_failed": Look("err", Shape.SQUARE, "Build failed"),
    "pre_deploy_failed": Look("err", Shape.SQUARE, "Pre-deploy failed"),
    "update_failed": Look("err", Shape.SQUARE, "Start failed"),
    "canceled": Look("grey", Shape.HOLLOW_SQUARE, "Canceled"),
}
"""Every status of a deploy that is known; the labels are those of the pills."""
NEVER: Final = Look("grey", Shape.DASHED_CIRCLE, "Never deployed")


def deploy_look(deploy: Deploy | None) -> Look:
    """The look of a deploy; a status that nobody knows is told as it is."""
    if deploy is None:
        return NEVER
    unknown = Look("grey", Shape.HOLLOW_CIRCLE, deploy.status.replace("_", " ").capitalize())
    return DEPLOY.get(deploy.status, unknown)
