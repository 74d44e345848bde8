"""What shows a session, whichever way."""

from typing import Protocol

from core.changes import Change
from core.cli.summary import Summary
from core.errors import FleetError
from core.logs.store import LogStore
from core.tasks.counts import Totals
from core.workers.phase import Phase, Worker


class Source(Protocol):
    """What a printer asks back of a session."""

    def log(self, name: str) -> LogStore:
        """What a worker or a row printed."""
        ...

    def totals(self) -> Totals:
        """How the tasks we sent stand."""
        ...

    def busy(self) -> int:
        """How many workers run a task."""
        ...


class Printer(Protocol):
    """One way to show a session."""

    def show(self, change: Change, source: Source) -> None:
        """Show one change."""
        ...

    def error(self, error: FleetError) -> None:
        """Show what went wrong."""
        ...

    def summary(self, summary: Summary) -> None:
        """Show how it all ended; the last thing shown."""
        ...


class News:
    """Remembers what was told of each worker, so that nothing is told twice in a row."""

    def __init__(self) -> None:
        self._told: dict[str, object] = {}

    def is_new(self, name: str, fact: object) -> bool:
        """Whether this was not the last thing told of that worker."""
        known = self._told.get(name)
        self._told[name] = fact
        return known != fact


def steady(worker: Worker) -> Phase:
    """The phase, but for tasks that come and go: whoever is ready or busy is ready."""
    return Phase.READY if worker.phase is Phase.BUSY else worker.phase
