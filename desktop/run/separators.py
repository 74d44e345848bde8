"""The rows between a worker's lines that tell what became of its process."""

from datetime import datetime

from core.workers.phase import Phase, Worker
from desktop.logpane.notes import Note


def separators(before: Worker | None, now: Worker, line: int) -> list[Note]:
    """What a change of a worker is to be marked with, in front of the log line of this number."""
    told: list[str] = []
    if now.run and (before is None or before.run != now.run):
        told.append("started" if now.run == 1 else f"started again, process {now.run}")
    if before is not None and now.phase is not before.phase:
        match now.phase:
            case Phase.STOPPING:
                told.append(f"no new tasks: {now.evidence}")
            case Phase.CRASHED | Phase.FATAL | Phase.BACKOFF | Phase.EXITED:
                told.append(f"process ended: {now.why}")
            case Phase.BROKER_LOST:
                told.append(now.evidence)
            case _:
                pass
    at = datetime.now()
    return [Note(line, at, text) for text in told]
