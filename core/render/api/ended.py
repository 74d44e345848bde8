"""Why a deploy did not go live, in three parts, from its last lines and its events."""

from collections.abc import Sequence
from typing import Final

from core.errors import FAILED, FleetError
from core.known.table import diagnose
from core.logs.entry import parse
from core.logs.level import Level
from core.render.api.answers import Deploy, Service
from core.render.api.event import Failure

MOST: Final = 200
"""Lines that are looked at."""
_WHAT: Final = {
    "build_failed": "the build failed",
    "pre_deploy_failed": "the pre-deploy command failed",
    "update_failed": "the new processes did not come up",
    "canceled": "the deploy was broken off",
}
_FIX: Final = {
    "build_failed": "Run the build command on a clean checkout: solofleet render check --prove.",
    "pre_deploy_failed": "Run the pre-deploy command here, with the variables of the group.",
    "update_failed": "Start it as Render does: solofleet render check --prove.",
    "canceled": "Deploy again when you are ready.",
}


def why_ended(
    service: Service, deploy: Deploy, lines: Sequence[str], failure: Failure | None
) -> FleetError | None:
    """None for a deploy that is live, or not over.

    `lines` are those that it printed, the oldest first. A failure of which nobody printed a word
    is told by its event alone. What was live before stays so (https://render.com/docs/deploys).
    """
    if not deploy.ended or deploy.good:
        return None
    last = lines[-MOST:]
    known = next(filter(None, map(diagnose, reversed(last))), None)
    fix = _at_start(service, failure) if deploy.status == "update_failed" else ""
    fix = fix or _FIX.get(deploy.status, f"See {service.dashboard}.")
    said = known.cause if known is not None else _last_error(last)
    parts = [part for part in (said, "" if failure is None else str(failure)) if part]
    what = _WHAT.get(deploy.status, f"the deploy ended as {deploy.status.replace('_', ' ')}")
    return FleetError(
        f"{service.name}: {what}",
        "; ".join(parts) or "Render does not say why",
        f"{fix if known is None else _sentence(known.fix)} What was live before stays live.",
        exit_code=FAILED,
    )


def _at_start(service: Service, failure: Failure | None) -> str:
    """What Render expects of processes that it starts; empty where the failure tells nothing."""
    if failure is None:
        return ""
    if failure.out_of_memory:
        return "Run fewer tasks at once, or take a larger plan; solofleet render status says which."
    if service.type == "web_service" and (failure.unhealthy or failure.timed_out_s is not None):
        return (
            "It has to listen on 0.0.0.0 and the port $PORT, and to answer its health check path "
            "with 2xx or 3xx within 5 s."
        )
    if failure.exit_code is not None or failure.early_exit:
        command = service.start_command or "that of its image"
        return f"Its command ended, and must go on: {command}. {_FIX['update_failed']}"
    return ""


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


def _last_error(lines: Sequence[str]) -> str:
    entries = [parse(line) for line in lines]
    errors = [each.message for each in entries if each.level >= Level.ERROR]
    return errors[-1].strip() if errors else ""
