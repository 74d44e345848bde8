"""One process of one worker, heard: its bytes become facts and log lines."""

import time
from collections.abc import Callable
from typing import Final

from core.changes import Diagnosed, LogGrew, Said
from core.logs.intake import Grew, LogIntake
from core.logs.running import running_task
from core.logs.store import LogStore
from core.tasks.facts import Bye, Fact, Started, Stopping
from core.tasks.telemetry import MAX_LINE, NotTelemetry, decode
from core.workers.messages import Exited
from core.workers.outcome import describe
from core.workers.process import Child, Exit

LAST_LINES: Final = 30


class Run:
    """The listener of `child`. `on_fact` and `on_output` are called in the loop.

    `told_at` is when the process told its last fact, in Unix seconds; None before the first. A
    plain worker has no telemetry: its standard output is part of its log.
    """

    child: Child

    def __init__(
        self,
        worker: str,
        number: int,
        intake: LogIntake,
        store: LogStore,
        *,
        plain: bool,
        publish: Callable[[LogGrew | Said | Diagnosed], None],
        on_fact: Callable[[Fact], None],
        on_output: Callable[[], None],
    ) -> None:
        self.told_at: float | None = None
        self._worker = worker
        self._number = number
        self._intake = intake
        self._store = store
        self._first = store.end
        self._plain = plain
        self._publish = publish
        self._on_fact = on_fact
        self._on_output = on_output
        self._rest = b""
        self._refused = 0
        self._bye = False

    def out(self, chunk: bytes) -> None:
        """Telemetry, or in plain mode the log."""
        if self._plain:
            self.err(chunk)
            return
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if len(self._rest) > MAX_LINE:  # no line of ours: it is refused as it stands
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            try:
                fact = decode(line)
            except NotTelemetry as error:
                self._refuse(error)
            else:
                self.told_at = fact.at
                self._bye = isinstance(fact, Bye | Stopping)
                self._on_fact(fact)

    def err(self, chunk: bytes) -> None:
        """The log."""
        self._tell(self._intake.feed(chunk))
        self._on_output()

    def exited(self, exit: Exit) -> None:
        """All is said."""
        self._tell(self._intake.close())
        if self._plain and exit.code != 0:
            self._tell_running()

    def ended(self, exit: Exit) -> Exited:
        """How it ended, in words: its last lines tell why."""
        first = max(self._first, self._store.end - LAST_LINES)
        outcome = describe(exit, self._store.slice(first, self._store.end))
        words = f"{outcome.words}; {outcome.cause}" if outcome.cause else outcome.words
        in_order = exit.code == 0 and (self._plain or self._bye)
        if exit.code == 0 and not in_order:
            words = "ended with code 0 before its time: something in it called os._exit(0)"
        return Exited(
            self._number, exit.code, exit.signal, words, outcome.killed_from_outside, in_order
        )

    def _tell_running(self) -> None:
        """What telemetry would have told: the task with which a plain worker went down."""
        if task := running_task(self._store.slice(self._first, self._store.end)):
            self._on_fact(Started(time.time(), *task))

    def _refuse(self, error: NotTelemetry) -> None:
        self._refused += 1
        if f"{self._refused}".rstrip("0") == "1":  # the 1st, 10th, 100th ...: there may be floods
            text = f"{self._refused} lines of telemetry were not understood; last: {error}"
            self._publish(Said(self._worker, text))

    def _tell(self, grew: Grew | None) -> None:
        if grew is None:
            return
        self._publish(LogGrew(self._worker, grew.first, grew.last, grew.dropped))
        for met in grew.known:
            self._publish(Diagnosed(self._worker, met.error, grew.first + met.line, met.times))
