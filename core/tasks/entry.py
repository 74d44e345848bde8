"""The ledger's own, mutable record of a task: who holds its message, and what that makes of it.

Theory. A message can be with several runs at once (a broker that lost a worker hands it to
another), and a run can die with it. So the state of a task that has no verdict is not stored by
hand but derived from its holders, the best first:

    a living run that started it      started
    a living run that received it     received
    a dead run that started it        started    (until it is settled)
    a dead run that received it       received   (until it is settled)
    nobody                            `idle`: sent, or retried

Among equals it is with the last one that got it.
Facts may then come in any order. A verdict (a final state) stays, whatever holders report later;
only `lost`, which is a guess, gives way to news.
"""

from sys import intern
from typing import Final, assert_never

from core.tasks.counts import WorkerTally
from core.tasks.facts import Failed, Received, Rejected, Revoked, Succeeded
from core.tasks.holders import Run
from core.tasks.task import Attempt, State, Task, TaskChanged

_ATTEMPTS: Final = 32
"""The newest that are kept."""


class Entry:
    """One task. `state` and `run` are set by the ledger's `_move` alone."""

    __slots__ = (
        "args",
        "attempts",
        "closed",
        "duplicate",
        "ended_at",
        "error",
        "eta",
        "expires",
        "holders",
        "id",
        "idle",
        "kwargs",
        "name",
        "ours",
        "queue",
        "received_at",
        "receivers",
        "result",
        "retried",
        "retries",
        "rss_after",
        "rss_before",
        "run",
        "runs",
        "runtime_s",
        "seen_at",
        "started_at",
        "state",
        "verdict",
    )

    def __init__(self, task_id: str, name: str, now: float, *, ours: bool) -> None:
        self.id = task_id
        self.name = name
        self.ours = ours
        self.seen_at = now
        self.state: State = "sent"
        self.run: Run | None = None
        self.verdict: State | None = None
        self.idle: tuple[State, Run | None] = ("sent", None)
        self.holders: tuple[Run, ...] = ()
        self.receivers: tuple[WorkerTally, ...] = ()
        self.closed: tuple[tuple[tuple[str, int], float], ...] = ()
        self.args = self.kwargs = ""
        self.queue: str | None = None
        self.eta: str | None = None
        self.expires: str | None = None
        self.retries = self.retried = self.runs = 0
        self.attempts: tuple[Attempt, ...] = ()
        self.duplicate = False
        self.received_at: float | None = None
        self.started_at: float | None = None
        self.ended_at: float | None = None
        self.runtime_s: float | None = None
        self.result: str | None = None
        self.error: str | None = None
        self.rss_before: int | None = None
        self.rss_after: int | None = None

    @property
    def settled(self) -> bool:
        """Whether its verdict stands, whatever is told later."""
        return self.verdict is not None and self.verdict != "lost"

    def place(self) -> tuple[State, Run | None]:
        """The state without a verdict, and the run that makes it so."""
        if not self.holders:
            return self.idle
        run = self.holders[-1]
        if len(self.holders) > 1:
            run = max(reversed(self.holders), key=self._rank)
        return ("started" if run.held[self.id].running else "received"), run

    def _rank(self, run: Run) -> tuple[bool, bool]:
        return run.gone_at is None, run.held[self.id].running

    def revive(self) -> None:
        """There is news after all: `lost` was wrong."""
        if self.verdict == "lost":
            self.verdict = self.ended_at = self.error = None

    def go_back(self, run: Run, state: State, now: float, error: str | None = None) -> None:
        """This execution was none that counts: the message is back in a queue, in this state."""
        self.idle = (state, run if state == "retried" else None)
        if self.settled:
            return
        since = self.attempts[-1].ended_at if self.attempts else self.seen_at
        received, started = (
            at if at is not None and at >= since else None
            for at in (self.received_at, self.started_at)
        )
        attempt = Attempt(run.tally.name, received, started, now, state, error)
        self.attempts = (*self.attempts[1 - _ATTEMPTS :], attempt)

    def close(self, run: Run, at: float) -> None:
        """The run told the end of an execution, of its clock's `at`. Eight runs are remembered."""
        others = tuple(closed for closed in self.closed[-7:] if closed[0] != run.key)
        self.closed = (*others, (run.key, at))

    def is_late(self, run: Run, fact: Received) -> bool:
        """Whether this receipt belongs to an execution that the same run told the end of."""
        again = fact.redelivered or fact.retries > self.retries
        return self.is_late_start(run, fact.at) and not again

    def is_late_start(self, run: Run, at: float) -> bool:
        """The same for a start, of which nothing but the time is known."""
        return any(key == run.key and at < closed_at for key, closed_at in self.closed)

    def is_repeated(self, run: Run, at: float) -> bool:
        """Whether the same run told this end of an execution before."""
        return any(key == run.key and at <= closed_at for key, closed_at in self.closed)

    def describe(self, fact: Received) -> None:
        """Take in what only a receipt tells, unless a later attempt told it already."""
        if fact.retries < self.retries:
            return
        self.name = self.name or fact.name
        self.args, self.kwargs = intern(fact.args), intern(fact.kwargs)  # most tasks share them
        self.queue = fact.queue and intern(fact.queue)
        self.eta, self.expires, self.retries = fact.eta, fact.expires, fact.retries

    def learn(self, fact: Succeeded | Failed | Revoked | Rejected) -> State:
        """Take in how it ended, and give the verdict."""
        self.error = None
        match fact:
            case Succeeded():
                self.runtime_s, self.result = fact.runtime_s, fact.result
                self.rss_before, self.rss_after = fact.rss_before, fact.rss_after
                return "succeeded"
            case Failed():
                self.runtime_s, self.error = fact.runtime_s, fact.exception
                self.rss_before, self.rss_after = fact.rss_before, fact.rss_after
                return "failed"
            case Revoked():
                how = "terminated" if fact.terminated else "expired" if fact.expired else "revoked"
                self.error = how
                return "revoked"
            case Rejected():
                self.error = "rejected, not requeued"
                return "failed"
            case _:
                assert_never(fact)

    def change(self) -> TaskChanged:
        """The news of its last move."""
        worker = None if self.run is None else self.run.tally.name
        return TaskChanged(
            self.id, self.name, worker, self.state, self.runtime_s, self.result, self.error
        )

    def view(self) -> Task:
        """What others may see and keep."""
        run = self.run
        return Task(
            id=self.id,
            name=self.name,
            state=self.state,
            worker=None if run is None else run.tally.name,
            ours=self.ours,
            args=self.args,
            kwargs=self.kwargs,
            queue=self.queue,
            eta=self.eta,
            expires=self.expires,
            retries=self.retries,
            runs=self.runs,
            duplicate=self.duplicate,
            seen_at=self.seen_at,
            received_at=self.received_at,
            started_at=self.started_at,
            ended_at=self.ended_at,
            orphaned_at=run.gone_at if run in self.holders and not self.verdict else None,
            runtime_s=self.runtime_s,
            result=self.result,
            error=self.error,
            rss_before=self.rss_before,
            rss_after=self.rss_after,
            attempts=self.attempts,
        )
