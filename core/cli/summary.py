"""How a session ended, in numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from core.cli.table import table
from core.tasks.counts import Totals

COLUMNS: Final = ("received", "succeeded", "failed", "retried", "revoked", "restarts")


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """One worker over all its runs. `exit` is the last run's code, or -N for signal N.

    `cpu_s` and `peak_mb` (2**20 bytes) are of all its processes; None when it was not up for long
    enough to be measured.
    """

    name: str
    pid: int | None
    state: str
    received: int
    succeeded: int
    failed: int
    retried: int
    revoked: int
    restarts: int
    exit: int | None
    cpu_s: float | None = None
    peak_mb: float | None = None


@dataclass(frozen=True, slots=True)
class RowLine:
    """One command beside the workers over all its runs; as in a `WorkerLine`."""

    name: str
    pid: int | None
    state: str
    restarts: int
    exit: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """`ready_s` from the first spawn to all ready, `elapsed_s` from the start to now.

    `lossy`: the counts rest on Celery's events, which can get lost.
    """

    workers: tuple[WorkerLine, ...]
    tasks: Totals
    log_lines: int
    log_lines_dropped: int
    ready_s: float | None
    elapsed_s: float
    lossy: bool
    rows: tuple[RowLine, ...] = ()

    def as_fields(self) -> Mapping[str, Any]:
        """The fields of the `summary` line."""
        return asdict(self)

    def as_text(self) -> Iterator[str]:
        """A table of the workers, then the totals. With usual names it fits 80 columns."""
        yield from table([_HEADER, *(_row(worker) for worker in self.workers)], words=(0, 1))
        for row in self.rows:
            times = f", {row.restarts} restarts" if row.restarts else ""
            yield f"{row.name}: {row.state}{times}"
        yield ""
        tasks = asdict(self.tasks)
        states = ", ".join(f"{tasks[state]} {state}" for state in _STATES if tasks[state])
        yield f"{self.tasks.sent} tasks sent: {states}" if states else "no task sent"
        ready = "" if self.ready_s is None else f"all ready after {self.ready_s:.1f} s, "
        dropped = f", {self.log_lines_dropped} of them dropped" if self.log_lines_dropped else ""
        yield f"{ready}{self.elapsed_s:.1f} s in all, {self.log_lines} log lines{dropped}"
        if self.lossy:
            yield "the counts come from Celery's events, which can get lost"


_HEADER: Final = ("worker", "state", *COLUMNS)
_STATES: Final = ("succeeded", "failed", "revoked", "lost", "waiting", "running", "retried")


def _row(worker: WorkerLine) -> tuple[str, ...]:
    return worker.name, worker.state, *(str(getattr(worker, column)) for column in COLUMNS)
