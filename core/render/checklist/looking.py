"""Looks at all that the checklist is ticked from: the commit, this disk, Render."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from core.errors import FleetError
from core.project.folder import project_name
from core.project.opening import Project
from core.render.checklist.case import case_of
from core.render.checklist.proof import recall as proof_of
from core.render.checklist.there import Remote
from core.render.checklist.ticking import Now
from core.render.preflight.commit import Commit, decoded
from core.render.preflight.snapshot import Snapshot
from core.render.preflight.taking import take_snapshot
from core.render.sizing.record import recall

Ask = Callable[[Snapshot], Awaitable[Remote | FleetError]]
"""Asks Render about the services of a commit."""


async def look(folder: Path, project: Project | None, ask: Ask) -> Now:
    """Look at what HEAD has of the repository that `folder` is in, and at what Render says of it.

    `project` is None where no app was found. Raises FleetError as `take_snapshot`; that Render
    could not be asked is no error, but part of what is found.
    """
    name = name_of(folder, project)
    measured = await asyncio.to_thread(recall, name)
    snapshot = await asyncio.to_thread(take_snapshot, folder, project, None, measured)
    working = await asyncio.to_thread(working_lines, snapshot.commit)
    remote = await ask(snapshot)
    proof = await asyncio.to_thread(proof_of, name)
    case = await asyncio.to_thread(case_of, snapshot, remote, proof)
    return Now(datetime.now(UTC), case, working)


def name_of(folder: Path, project: Project | None) -> str:
    """The name under which things are kept for it."""
    return project_name(folder) if project is None else project.name


def working_lines(commit: Commit) -> Mapping[str, frozenset[str]]:
    """The lines of files that were read from the commit and stand otherwise in the working tree.

    Blocks.
    """
    return {path: _lines(commit.top / path) for path in commit.changed if path in commit.contents}


def _lines(file: Path) -> frozenset[str]:
    try:
        data = file.read_bytes()
    except OSError:
        return frozenset()
    return frozenset(line.strip() for line in decoded(data).splitlines())
