"""How the whole fleet is, in one look and a few words."""

from collections.abc import Sequence
from typing import Final

from core.workers.phase import Phase, Stage, Worker
from desktop.theme.looks import Look, Shape

IDLE: Final = Look("grey", Shape.HOLLOW_CIRCLE, "Idle")
RUNNING: Final = Look("ok", Shape.CIRCLE, "Running")
TROUBLE: Final = Look("err", Shape.SQUARE, "Trouble")
IN_TROUBLE: Final = frozenset(
    {Phase.BACKOFF, Phase.CRASHED, Phase.FATAL, Phase.BROKER_LOST, Phase.SUSPECT}
)
MOST: Final = 3
"""Windows shows 127 letters of a tooltip."""


def look(everybody: Sequence[Worker]) -> Look:
    """One in trouble is trouble; else any that has a process makes it run."""
    if any(each.phase in IN_TROUBLE for each in everybody):
        return TROUBLE
    return RUNNING if any(each.alive for each in everybody) else IDLE


def words(project: str, everybody: Sequence[Worker]) -> str:
    """The project, how many are up and busy, and who is in trouble: a line each."""
    if not project:
        return "Solofleet: no project is open"
    up = sum(each.stage in (Stage.UP, Stage.STOPPING) for each in everybody)
    busy = sum(each.task is not None for each in everybody)
    lines = [f"Solofleet: {project}", f"{up} of {len(everybody)} up, {busy} busy"]
    trouble = [each for each in everybody if each.phase in IN_TROUBLE]
    if trouble:
        names = [
            f"{each.name.partition('@')[0]} {each.phase.replace('-', ' ')}" for each in trouble
        ]
        more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
        lines.append(", ".join(names[:MOST]) + more)
    return "\n".join(lines)
