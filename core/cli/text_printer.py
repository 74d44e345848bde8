"""Shows a session to people: who says what, how far a burst is, a table at the end.

worker1   | a line of a worker's log
worker1   > what Solofleet says of that worker
solofleet > what it says of the session
"""

import time
from collections.abc import Callable
from typing import Final, assert_never

from core.changes import (
    BrokerKnown,
    Change,
    Diagnosed,
    ForeignChanged,
    LogGrew,
    RowChanged,
    Said,
    TasksUnsent,
    UsageSampled,
    WorkerChanged,
    WorkerRemoved,
)
from core.cli.printable import RESET, printable
from core.cli.printer import News, Source, steady
from core.cli.progress import progress_text
from core.cli.summary import Summary
from core.cli.terminal import Terminal
from core.errors import FleetError
from core.tasks.task import TaskChanged
from core.workers.foreign import Foreign, Presence
from core.workers.names import this_host
from core.workers.phase import Phase, Worker, describe

US: Final = "solofleet"
WORKER_COLOURS: Final = (36, 33, 35, 32, 34, 96, 93, 95)
"""ANSI colours, given out in the order in which workers appear."""
DEFAULT: Final = 39
BOLD: Final = 1
PROGRESS_S: Final = 0.1

_TOLD_OTHERWISE: Final = (Phase.BACKOFF, Phase.CRASHED, Phase.FATAL, Phase.BROKER_LOST)
"""The supervisor says these in words, with what comes next."""


class TextPrinter:
    """`logs`: whether log lines are shown. Without them, failed tasks are told one by one.

    `host` is left out of the names of workers on it. `clock` gives seconds.
    """

    def __init__(
        self,
        terminal: Terminal,
        *,
        logs: bool,
        host: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._terminal = terminal
        self._logs = logs
        self._here = f"@{host or this_host()}"
        self._clock = clock
        self._news = News()
        self._width = len(US)
        self._colours: dict[str, int] = {US: DEFAULT}
        self._drawn_at = 0.0

    def show(self, change: Change, source: Source) -> None:
        """A line or more for what people want to know; the progress line for tasks."""
        match change:
            case BrokerKnown():
                latency = "" if change.latency_ms is None else f", {change.latency_ms:.1f} ms"
                self._say(US, f"broker {change.url}, {change.label}{latency}")
            case WorkerChanged():
                self._worker(change.worker, _words(change.worker))
            case RowChanged():
                self._worker(change.row, _row_words(change.row))
            case WorkerRemoved():
                self._say(change.name, "removed")
            case ForeignChanged():
                self._foreign(change.worker)
            case UsageSampled():
                pass  # the summary tells
            case LogGrew():
                if self._logs:
                    self._log(change, source)
            case Said():
                self._say(change.who or US, change.text)
            case Diagnosed():
                self._diagnosed(change)
            case TaskChanged():
                self._task(change)
                self._progress(source)
            case TasksUnsent():
                self._progress(source)  # the error of the sending tells how many
            case _:
                assert_never(change)

    def error(self, error: FleetError) -> None:
        """In its three parts, on standard error."""
        self._terminal.aside(f"error: {error}")

    def summary(self, summary: Summary) -> None:
        """A table of the workers, and the totals; nothing when no worker was started."""
        self._terminal.progress("")
        if any(worker.pid is not None for worker in summary.workers):
            self._terminal.line("", *summary.as_text())

    def _worker(self, worker: Worker, words: str) -> None:
        if not self._news.is_new(worker.name, (steady(worker), worker.run)):
            return
        if worker.phase not in _TOLD_OTHERWISE:
            self._say(worker.name, words)

    def _foreign(self, worker: Foreign) -> None:
        """That it comes and goes; that it is late is no news, for it may be busy."""
        gone, missed = worker.presence is Presence.OFFLINE, bool(worker.missed)
        if self._news.is_new(f"{worker.name} {worker.pid}", (gone, missed)):
            words = f"{'offline' if gone else 'online'}, {worker.evidence(self._clock())}"
            missing = f"; events missed: {worker.missed}" if missed else ""
            self._say(US, f"other worker {worker.name}: {words}{missing}")

    def _task(self, change: TaskChanged) -> None:
        if change.state == "lost" or (change.state == "failed" and not self._logs):
            task = f"{change.name}[{change.id}]"
            self._say(change.worker or US, f"{task} {change.state}: {change.error}")

    def _diagnosed(self, change: Diagnosed) -> None:
        error = change.error
        if change.times == 1:
            said = (f"known: {error.cause}", f"  fix: {error.fix}", f"  see: {error.link}")
            self._say(change.worker, "\n".join(said))
        else:
            self._say(change.worker, f"known: {error.cause} ({change.times} lines by now)")

    def _log(self, grew: LogGrew, source: Source) -> None:
        prefix = self._prefix(grew.worker, "|")
        colour = self._terminal.colour
        lines = source.log(grew.worker).slice(grew.first, grew.last + 1)
        self._terminal.line(*(prefix + printable(line, colour=colour) for line in lines))

    def _progress(self, source: Source) -> None:
        now = self._clock()
        if now - self._drawn_at >= PROGRESS_S:
            self._drawn_at = now
            self._terminal.progress(progress_text(source.totals(), source.busy()))

    def _say(self, name: str, text: str) -> None:
        prefix = self._prefix(name, ">")
        self._terminal.line(*(prefix + line for line in text.splitlines()))

    def _prefix(self, name: str, marker: str) -> str:
        name = name.removesuffix(self._here)
        self._width = max(self._width, len(name))
        text = f"{name:<{self._width}} {marker} "
        if not self._terminal.colour:
            return text
        workers = len(self._colours) - 1
        colour = self._colours.setdefault(name, WORKER_COLOURS[workers % len(WORKER_COLOURS)])
        bold = BOLD if marker == ">" else 0
        return f"\x1b[{bold};{colour}m{text}{RESET}"


def _row_words(row: Worker) -> str:
    return f"{_words(row)}: {row.why}" if row.phase is Phase.READY else _words(row)


def _words(worker: Worker) -> str:
    match worker.phase:
        case Phase.STARTING:
            return "starting"
        case Phase.READY | Phase.BUSY:
            return f"ready, pid {worker.pid}"
        case Phase.STOPPING if worker.task is None:
            return "stopping"
        case phase:
            return f"{phase.value}: {describe(worker, worker.since)}"
