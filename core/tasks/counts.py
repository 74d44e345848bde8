"""How many tasks are in which state, derived from every move of a task.

The ledger reports each move once, at the one place where tasks move; the counts follow, so that
asking for them costs the same with ten tasks and with 200,000.
"""

from collections import Counter
from dataclasses import dataclass

from core.tasks.task import State


@dataclass(frozen=True, slots=True)
class WorkerCounts:
    """One worker over all its runs. `retried` counts retries, everything else counts tasks.

    `succeeded`, `failed`, `revoked` and `lost` are the tasks whose one final state came from this
    worker, settled failures included; `received` is every task it ever had.
    """

    name: str
    received: int
    succeeded: int
    failed: int
    retried: int
    revoked: int
    lost: int
    running: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The tasks we sent: sent = succeeded + failed + revoked + lost + waiting + running.

    `retried` counts their retries.
    """

    sent: int
    waiting: int
    running: int
    succeeded: int
    failed: int
    revoked: int
    lost: int
    retried: int

    @property
    def open(self) -> int:
        """Tasks that may still change."""
        return self.waiting + self.running


class WorkerTally:
    """Where the tasks of one worker name are."""

    __slots__ = ("name", "received", "retried", "states")

    def __init__(self, name: str) -> None:
        self.name = name
        self.states: Counter[State] = Counter()
        self.received = 0
        self.retried = 0

    def counts(self) -> WorkerCounts:
        """The worker's counts now."""
        return WorkerCounts(
            name=self.name,
            received=self.received,
            succeeded=self.states["succeeded"],
            failed=self.states["failed"],
            retried=self.retried,
            revoked=self.states["revoked"],
            lost=self.states["lost"],
            running=self.states["started"],
        )


class Counts:
    """The counts of all workers, and of the tasks we sent."""

    def __init__(self) -> None:
        self._tallies: dict[str, WorkerTally] = {}
        self._ours: Counter[State] = Counter()
        self._ours_retried = 0

    def tally(self, worker: str) -> WorkerTally:
        """The worker's own counts, begun when it is new."""
        tally = self._tallies.get(worker)
        if tally is None:
            tally = self._tallies[worker] = WorkerTally(worker)
        return tally

    def claimed(self, state: State, retried: int) -> None:
        """A task turns out to be, or is about to be, one that we sent."""
        self._ours[state] += 1
        self._ours_retried += retried

    def unclaimed(self, state: State) -> None:
        """A task was not sent after all."""
        self._ours[state] -= 1

    def moved(
        self,
        ours: bool,
        old: tuple[State, WorkerTally | None],
        new: tuple[State, WorkerTally | None],
    ) -> None:
        """A task left one state and worker for another."""
        (old_state, old_worker), (new_state, new_worker) = old, new
        if ours:
            self._ours[old_state] -= 1
            self._ours[new_state] += 1
        if old_worker is not None:
            old_worker.states[old_state] -= 1
        if new_worker is not None:
            new_worker.states[new_state] += 1

    def retried(self, ours: bool, worker: WorkerTally) -> None:
        """A task asked to run again."""
        worker.retried += 1
        self._ours_retried += ours

    def totals(self) -> Totals:
        """The tasks we sent."""
        ours = self._ours
        return Totals(
            sent=ours.total(),
            waiting=ours["sent"] + ours["received"] + ours["retried"],
            running=ours["started"],
            succeeded=ours["succeeded"],
            failed=ours["failed"],
            revoked=ours["revoked"],
            lost=ours["lost"],
            retried=self._ours_retried,
        )

    def worker(self, name: str) -> WorkerCounts:
        """One worker's counts; all zero when it never had a task."""
        return self._tallies.get(name, WorkerTally(name)).counts()

    def workers(self) -> tuple[WorkerCounts, ...]:
        """Every worker that had a task, in the order of their first."""
        return tuple(tally.counts() for tally in self._tallies.values())
