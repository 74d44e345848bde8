"""Shows the changes of a session: as text for people, or as one JSON object per line."""

import json
from collections.abc import Mapping
from typing import Any, Protocol, assert_never

from core.changes import BrokerKnown, Change, LogGrew, Said, WorkerChanged, WorkerRemoved
from core.cli.summary import Summary
from core.cli.terminal import Terminal
from core.errors import FleetError
from core.logs.store import LogStore
from core.tasks.counts import Totals
from core.tasks.task import TaskChanged
from core.workers.phase import Phase, Worker


class Source(Protocol):
    """What a printer asks back of a session."""

    def log(self, name: str) -> LogStore:
        """What a worker printed."""
        ...


class Printer(Protocol):
    """One way to show a session."""

    def show(self, change: Change, source: Source) -> None:
        """Show one change."""
        ...

    def error(self, error: FleetError) -> None:
        """Show what went wrong."""
        ...

    def progress(self, totals: Totals, busy: int) -> None:
        """Show how far a burst is."""
        ...

    def summary(self, summary: Summary) -> None:
        """Show how it all ended; the last thing shown."""
        ...


class _Phases:
    """Tells when a worker's state is worth a line: not for each task it takes."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[Phase, int | None]] = {}

    def is_new(self, worker: Worker) -> bool:
        if worker.phase is Phase.STARTING and worker.pid is None:
            return False  # a moment later it has one
        phase = Phase.READY if worker.phase is Phase.BUSY else worker.phase
        shown = (phase, worker.pid)
        if self._shown.get(worker.name) == shown:
            return False
        self._shown[worker.name] = shown
        return True


class TextPrinter:
    """For people: log lines behind coloured names, a progress line, a table at the end."""

    def __init__(self, terminal: Terminal, *, logs: bool) -> None:
        self._terminal = terminal
        self._logs = logs
        self._phases = _Phases()
        self._width = 10

    def show(self, change: Change, source: Source) -> None:
        match change:
            case BrokerKnown():
                latency = "" if change.latency_ms is None else f", {change.latency_ms:.1f} ms"
                self._terminal.line(f"broker {change.url} ({change.label}{latency})")
            case WorkerChanged():
                if self._phases.is_new(change.worker):
                    self._say(change.worker.name, _words(change.worker))
            case WorkerRemoved():
                self._say(change.name, "removed")
            case LogGrew():
                if self._logs:
                    store = source.log(change.worker)
                    for line in store.slice(max(change.first, store.first), change.last + 1):
                        self._say(change.worker, line)
            case Said():
                self._say(change.who or "solofleet", change.text)
            case TaskChanged():
                if change.state == "lost":
                    self._say("solofleet", f"{change.name}[{change.id}] is lost: {change.error}")
            case _:
                assert_never(change)

    def error(self, error: FleetError) -> None:
        self._terminal.aside(f"error: {error}")

    def progress(self, totals: Totals, busy: int) -> None:
        ended = totals.sent - totals.open
        bad = totals.failed + totals.lost
        self._terminal.progress(
            f"{ended} of {totals.sent} tasks ended, {bad} of them badly; {busy} workers busy"
        )

    def summary(self, summary: Summary) -> None:
        self._terminal.progress("")
        for line in summary.as_text():
            self._terminal.line(line)

    def _say(self, name: str, text: str) -> None:
        self._width = max(self._width, len(name))
        self._terminal.line(self._terminal.prefix(name, self._width) + text)


class JsonPrinter:
    """For programs. Only JSON on standard output; people's words go to standard error."""

    def __init__(self, terminal: Terminal, *, logs: bool) -> None:
        self._terminal = terminal
        self._logs = logs
        self._phases = _Phases()

    def show(self, change: Change, source: Source) -> None:
        match change:
            case BrokerKnown():
                self._line(
                    "broker",
                    url=change.url,
                    builtin=change.builtin,
                    latency_ms=change.latency_ms,
                    label=change.label,
                )
            case WorkerChanged(worker):
                if self._phases.is_new(worker):
                    self._line(
                        "worker",
                        name=worker.name,
                        pid=worker.pid,
                        state=worker.phase.value,
                        reason=worker.evidence,
                    )
            case WorkerRemoved():
                self._line("worker", name=change.name, pid=None, state="removed", reason="")
            case LogGrew():
                if self._logs:
                    store = source.log(change.worker)
                    for line in store.slice(max(change.first, store.first), change.last + 1):
                        self._line("log", worker=change.worker, text=line)
            case Said():
                self._terminal.aside(f"{change.who or 'solofleet'}: {change.text}")
            case TaskChanged():
                self._line("task", **task_fields(change))
            case _:
                assert_never(change)

    def error(self, error: FleetError) -> None:
        self._line("error", what=error.what, why=error.why, fix=error.fix)
        self._terminal.aside(f"error: {error}")

    def progress(self, totals: Totals, busy: int) -> None:
        """Nothing: the task lines tell it."""

    def summary(self, summary: Summary) -> None:
        self._line("summary", **summary.as_fields())

    def _line(self, kind: str, **fields: Any) -> None:
        self._terminal.line(json.dumps({"kind": kind, **fields}, ensure_ascii=False))


def task_fields(change: TaskChanged) -> Mapping[str, Any]:
    """A task as the `task` line has it."""
    return {
        "id": change.id,
        "name": change.name,
        "worker": change.worker,
        "state": change.state,
        "runtime_s": change.runtime_s,
        "result": change.result,
        "error": change.error,
    }


def _words(worker: Worker) -> str:
    pid = f" (pid {worker.pid})" if worker.pid and worker.phase is not Phase.STOPPING else ""
    return f"{worker.phase.value}{pid}: {worker.evidence}"
