"""How a session ended, in numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from core.tasks.counts import Totals
from core.tasks.ledger import Ledger
from core.workers.supervisor import Supervisor

COLUMNS: Final = ("received", "succeeded", "failed", "retried", "revoked", "restarts")


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """One worker over all its runs. `exit` is the last run's code, or -N for signal N."""

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


@dataclass(frozen=True, slots=True)
class Summary:
    """`ready_s` from the first spawn to all ready, `elapsed_s` from start to now."""

    workers: tuple[WorkerLine, ...]
    tasks: Totals
    log_lines: int
    log_lines_dropped: int
    ready_s: float | None
    elapsed_s: float
    lossy: bool
    """The counts rest on Celery's events, which can get lost."""

    def as_fields(self) -> Mapping[str, Any]:
        """The fields of the `summary` line."""
        tasks = asdict(self.tasks)
        return {
            "workers": [asdict(worker) for worker in self.workers],
            "tasks": {
                name: tasks[name]
                for name in ("sent", "succeeded", "failed", "retried", "revoked", "lost")
            }
            | {"waiting": self.tasks.waiting, "running": self.tasks.running},
            "log_lines": self.log_lines,
            "log_lines_dropped": self.log_lines_dropped,
            "ready_s": self.ready_s,
            "elapsed_s": self.elapsed_s,
            "lossy": self.lossy,
        }

    def as_text(self) -> Iterator[str]:
        """A table of the workers, then the totals."""
        width = max((len(worker.name) for worker in self.workers), default=6)
        yield ""
        yield f"{'worker':<{width}}  state    " + "".join(f"{name:>11}" for name in COLUMNS)
        for worker in self.workers:
            numbers = "".join(f"{getattr(worker, name):>11}" for name in COLUMNS)
            yield f"{worker.name:<{width}}  {worker.state:<9}" + numbers
        yield ""
        tasks = asdict(self.tasks)
        parts = [f"{tasks[name]} {name}" for name in _TOTALS if tasks[name]]
        yield f"{self.tasks.sent} tasks sent: {', '.join(parts) or 'none ended'}"
        ready = "" if self.ready_s is None else f"all ready after {self.ready_s:.1f} s, "
        yield f"{ready}{self.elapsed_s:.1f} s in all, {self.log_lines} log lines"
        if self.lossy:
            yield "plain mode: the counts come from Celery's events, which can get lost"


_TOTALS: Final = ("succeeded", "failed", "revoked", "lost", "waiting", "running", "retried")


def summarize(
    supervisor: Supervisor,
    ledger: Ledger,
    pids: Mapping[str, int],
    *,
    ready_s: float | None,
    elapsed_s: float,
    lossy: bool,
) -> Summary:
    """Put the numbers together; `pids` has the last process of each worker."""
    counts = {worker.name: worker for worker in ledger.counts.workers()}
    lines: list[WorkerLine] = []
    for worker in supervisor.workers:
        count = counts.get(worker.name) or ledger.counts.worker(worker.name)
        lines.append(
            WorkerLine(
                name=worker.name,
                pid=pids.get(worker.name),
                state=worker.phase.value,
                received=count.received,
                succeeded=count.succeeded,
                failed=count.failed,
                retried=count.retried,
                revoked=count.revoked,
                restarts=worker.restarts,
                exit=worker.exit,
            )
        )
    stores = [supervisor.log(worker.name) for worker in supervisor.workers]
    return Summary(
        workers=tuple(lines),
        tasks=ledger.counts.totals(),
        log_lines=sum(store.end for store in stores),
        log_lines_dropped=sum(store.dropped for store in stores),
        ready_s=ready_s and round(ready_s, 3),
        elapsed_s=round(elapsed_s, 3),
        lossy=lossy,
    )
