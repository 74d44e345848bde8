"""What there is to tell of a session while it runs, and when it is over."""

import time
from typing import Final

from core.changes import Change, RowChanged, WorkerChanged
from core.cli.summary import RowLine, Summary, WorkerLine
from core.logs.store import LogStore
from core.session import Session
from core.tasks.counts import Totals
from core.workers.phase import Phase, Stage, Worker

MB: Final = 2**20


class Account:
    """The `Source` of a session's printer.

    `ready_s`: how long it took from the first spawn until no worker was on its way up any more.
    """

    def __init__(self, session: Session) -> None:
        self.ready_s: float | None = None
        self._session = session
        self._began = time.monotonic()
        self._spawned: float | None = None
        self._pids: dict[str, int] = {}

    def note(self, change: Change) -> None:
        """Remember what cannot be asked for when it is over."""
        if isinstance(change, RowChanged) and change.row.pid is not None:
            self._pids[change.row.name] = change.row.pid
        if not isinstance(change, WorkerChanged):
            return
        now = time.monotonic()
        self._spawned = self._spawned or now
        if self.ready_s is None and self.is_up():
            self.ready_s = now - self._spawned
        if change.worker.pid is not None:
            self._pids[change.worker.name] = change.worker.pid

    def is_up(self) -> bool:
        """Whether a worker is up, and none is on its way any more."""
        return self.is_decided() and Stage.UP in self._stages()

    def is_decided(self) -> bool:
        """Whether no worker is on its way up, or waits for another try."""
        return not self._stages() & {Stage.STARTING, Stage.BACKOFF}

    def log(self, name: str) -> LogStore:
        """What a worker or a row printed."""
        return self._session.log(name)

    def totals(self) -> Totals:
        """How the tasks we sent stand."""
        return self._session.ledger.counts.totals()

    def busy(self) -> int:
        """How many workers run a task."""
        return sum(worker.phase is Phase.BUSY for worker in self._session.supervisor.workers)

    def summary(self) -> Summary:
        """How it stands now, in numbers."""
        workers = self._session.supervisor.workers
        logs = [self.log(each.name) for each in (*workers, *self._session.company.rows)]
        return Summary(
            workers=tuple(self._line(worker) for worker in workers),
            tasks=self.totals(),
            log_lines=sum(log.end for log in logs),
            log_lines_dropped=sum(log.dropped for log in logs),
            ready_s=None if self.ready_s is None else round(self.ready_s, 3),
            elapsed_s=round(time.monotonic() - self._began, 3),
            lossy=self._session.lossy,
            rows=tuple(self._row(row) for row in self._session.company.rows),
        )

    def _stages(self) -> set[Stage]:
        return {worker.stage for worker in self._session.supervisor.workers}

    def _row(self, row: Worker) -> RowLine:
        pid = self._pids.get(row.name)
        return RowLine(row.name, pid, row.phase.value, row.restarts, row.exit)

    def _line(self, worker: Worker) -> WorkerLine:
        counts = self._session.ledger.counts.worker(worker.name)
        usage = self._session.meter.usage(worker.name)
        return WorkerLine(
            name=worker.name,
            pid=self._pids.get(worker.name),
            state=worker.phase.value,
            received=counts.received,
            succeeded=counts.succeeded,
            failed=counts.failed,
            retried=counts.retried,
            revoked=counts.revoked,
            restarts=worker.restarts,
            exit=worker.exit,
            cpu_s=usage and round(usage.cpu_s, 3),
            peak_mb=usage and round(usage.peak / MB, 1),
        )
