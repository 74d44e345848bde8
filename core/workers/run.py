"""One process of one worker, heard: its bytes become facts and log lines."""

import time
from collections.abc import Callable
from typing import Final

from core.changes import LogGrew, Said
from core.logs.intake import Grew, LogIntake
from core.logs.running import running_task
from core.logs.store import LogStore
from core.tasks.facts import Fact, Started
from core.tasks.telemetry import NotTelemetry, decode
from core.workers.outcome import Outcome, describe
from core.workers.process import Exit

LAST_LINES: Final = 30


class Run:
    """The listener of one child. `on_fact`, `on_output` and `on_exit` are called in the loop.

    A plain worker has no telemetry: its standard output is part of its log.
    """

    def __init__(
        self,
        worker: str,
        intake: LogIntake,
        store: LogStore,
        *,
        plain: bool,
        publish: Callable[[LogGrew | Said], None],
        on_fact: Callable[[Fact], None],
        on_output: Callable[[], None],
        on_exit: Callable[[Exit, Outcome], None],
    ) -> None:
        self._worker = worker
        self._intake = intake
        self._store = store
        self._first = store.end
        self._plain = plain
        self._publish = publish
        self._on_fact = on_fact
        self._on_output = on_output
        self._on_exit = on_exit
        self._rest = b""

    def out(self, chunk: bytes) -> None:
        """Telemetry, or in plain mode the log."""
        if self._plain:
            self.err(chunk)
            return
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            try:
                fact = decode(line)
            except NotTelemetry as error:
                self._publish(Said(self._worker, f"telemetry not understood: {error}"))
            else:
                self._on_fact(fact)

    def err(self, chunk: bytes) -> None:
        """The log."""
        self._tell(self._intake.feed(chunk))
        self._on_output()

    def exited(self, exit: Exit) -> None:
        """All is said; the last lines tell why it ended."""
        self._tell(self._intake.close())
        if self._plain and exit.code != 0:
            self._tell_running()
        first = max(self._store.first, self._store.end - LAST_LINES)
        self._on_exit(exit, describe(exit, self._store.slice(first, self._store.end)))

    def _tell_running(self) -> None:
        """What telemetry would have told: the task with which a plain worker went down."""
        if task := running_task(self._store.slice(self._first, self._store.end)):
            self._on_fact(Started(time.time(), *task))

    def _tell(self, grew: Grew | None) -> None:
        if grew is not None:
            self._publish(LogGrew(self._worker, grew.first, grew.last, grew.dropped))
