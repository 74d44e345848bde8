"""A commit without a Blueprint, seen with the one that would be made for it."""

from collections.abc import Mapping
from dataclasses import replace

from core.errors import FleetError
from core.project.opening import Project
from core.render.blueprint.drafting import draft_blueprint
from core.render.choices import Choices
from core.render.preflight.services import BLUEPRINT
from core.render.preflight.snapshot import Snapshot
from core.render.preflight.taking import snapshot_of
from core.wishes import Wishes


def with_draft(
    snapshot: Snapshot, project: Project | None, wishes: Wishes, environ: Mapping[str, str]
) -> Snapshot:
    """The snapshot as it would be with render.yaml; itself where that is there, or cannot be made.

    Reads the project and writes nothing. Blocks.
    """
    if project is None or snapshot.blueprint.services or snapshot.blueprint.problem is not None:
        return snapshot
    try:
        draft = draft_blueprint(project, wishes, environ, Choices(), snapshot.local_python)
    except FleetError:
        return snapshot  # what its Procfile starts, if anything, can be run all the same
    contents = {**snapshot.commit.contents, BLUEPRINT: draft.after.text.encode()}
    commit = replace(snapshot.commit, contents=contents)
    return snapshot_of(commit, project, snapshot.local_python, snapshot.measured)
