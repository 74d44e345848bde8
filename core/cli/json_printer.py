"""Shows a session to programs: JSON lines on standard output, words on standard error."""

import json
import time
from collections.abc import Mapping
from typing import Any, Final, assert_never

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
from core.cli.printer import News, Source, steady
from core.cli.summary import Summary
from core.cli.terminal import Terminal
from core.errors import FleetError
from core.tasks.task import TaskChanged
from core.workers.foreign import Foreign
from core.workers.phase import Phase, Worker


class JsonPrinter:
    """One object per line, each with its `kind`. Log lines only with `logs`."""

    def __init__(self, terminal: Terminal, *, logs: bool) -> None:
        self._terminal = terminal
        self._logs = logs
        self._news = News()

    def show(self, change: Change, source: Source) -> None:
        """A line of the change's own kind; what is said goes to standard error."""
        match change:
            case BrokerKnown():
                self._line(
                    "broker",
                    url=change.url,
                    builtin=change.builtin,
                    latency_ms=change.latency_ms,
                    label=change.label,
                )
            case WorkerChanged():
                self._worker("worker", change.worker)
            case WorkerRemoved():
                self._line("worker", name=change.name, pid=None, state="removed", reason="")
            case RowChanged():
                self._worker("row", change.row)
            case ForeignChanged():
                self._foreign(change.worker)
            case UsageSampled():
                pass  # the summary tells
            case LogGrew():
                if self._logs:
                    self._log(change, source)
            case Said():
                self._terminal.aside(f"{change.who or 'solofleet'}: {change.text}")
            case Diagnosed():
                error = change.error
                self._line(
                    "known_error",
                    worker=change.worker,
                    id=error.id,
                    cause=error.cause,
                    fix=error.fix,
                    link=error.link,
                    times=change.times,
                )
            case TaskChanged():
                self._line("task", **task_fields(change))
            case TasksUnsent():
                self._line("unsent", ids=change.ids)
            case _:
                assert_never(change)

    def error(self, error: FleetError) -> None:
        """An `error` line, and the same in words on standard error."""
        self._line("error", what=error.what, why=error.why, fix=error.fix)
        self._terminal.aside(f"error: {error}")

    def summary(self, summary: Summary) -> None:
        """The `summary` line."""
        self._line("summary", **summary.as_fields())

    def _worker(self, kind: str, worker: Worker) -> None:
        if worker.phase is Phase.STARTING and worker.pid is None:
            return  # a moment later it has one
        if self._news.is_new(worker.name, (steady(worker), worker.pid)):
            self._line(
                kind,
                name=worker.name,
                pid=worker.pid,
                state=worker.phase.value,
                reason=worker.evidence,
            )

    def _foreign(self, worker: Foreign) -> None:
        told = (worker.presence, worker.events, worker.missed)
        if self._news.is_new(f"{worker.name} {worker.pid}", told):
            self._line("foreign", **foreign_fields(worker))

    def _log(self, grew: LogGrew, source: Source) -> None:
        lines = source.log(grew.worker).slice(grew.first, grew.last + 1)
        texts = (as_json("log", worker=grew.worker, text=line) for line in lines)
        self._terminal.line(*texts)

    def _line(self, kind: str, **fields: Any) -> None:
        self._terminal.line(as_json(kind, **fields))


def as_json(kind: str, **fields: Any) -> str:
    """One line, in ASCII: a pipe on Windows has the code page of whoever reads or writes it."""
    return json.dumps({"kind": kind, **fields})


def foreign_fields(worker: Foreign) -> Mapping[str, Any]:
    """The fields of a `foreign` line: a worker of others, and what was heard of its tasks.

    `processed` and `active` are those of its last heartbeat. `events`: whether it tells of its
    tasks, without which the other counts are zero; null while it has not run any.
    """
    counts = {key: getattr(worker.digest, key) for key in _COUNTS}
    return {
        "name": worker.name,
        "pid": worker.pid,
        "state": worker.presence.value,
        "reason": worker.evidence(time.monotonic()),
        "celery": worker.celery,
        "processed": worker.processed,
        "active": worker.active,
        "events": worker.events,
        "missed": worker.missed,
        **counts,
    }


_COUNTS: Final = ("received", "started", "succeeded", "failed", "retried", "revoked", "rejected")


def task_fields(change: TaskChanged) -> Mapping[str, Any]:
    """The fields of a `task` line."""
    return {
        "id": change.id,
        "name": change.name,
        "worker": change.worker,
        "state": change.state,
        "runtime_s": change.runtime_s,
        "result": change.result,
        "error": change.error,
    }
