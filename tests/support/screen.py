"""A terminal that a test reads, and what a printer may ask of a session."""

from io import StringIO

from core.cli.terminal import Terminal
from core.logs.store import LogStore
from core.tasks.counts import Totals


class Screen:
    """`out` and `err` are what was written so far."""

    def __init__(self, *, colour: bool = False, live: bool = False, width: int = 80) -> None:
        self._out, self._err = StringIO(), StringIO()
        self.terminal = Terminal(
            self._out, self._err, colour=colour, live=live, width=lambda: width
        )

    @property
    def out(self) -> str:
        return self._out.getvalue()

    @property
    def err(self) -> str:
        return self._err.getvalue()


class FakeSource:
    """One worker's log, and numbers that a test sets."""

    def __init__(self) -> None:
        self.store = LogStore()
        self.sums = Totals(0, 0, 0, 0, 0, 0, 0, 0)

    def log(self, name: str) -> LogStore:
        return self.store

    def totals(self) -> Totals:
        return self.sums

    def busy(self) -> int:
        return self.sums.running
