"""The runs of workers, and the messages that each of them has."""

from core.tasks.counts import Counts, WorkerTally
from core.tasks.facts import Received
from core.tasks.task import Held


class Delivery:
    """One message inside one run. `fact` is None when only its start was reported."""

    __slots__ = ("fact", "running")

    def __init__(self, fact: Received | None, *, running: bool) -> None:
        self.fact = fact
        self.running = running

    def held(self, task_id: str, name: str) -> Held:
        """The message as settlement wants it."""
        if self.fact is None:
            return Held(task_id, name, None, {}, {}, acks_late=False, running=self.running)
        fact = self.fact
        return Held(
            task_id,
            name,
            fact.tag,
            fact.headers,
            fact.embed,
            fact.acks_late,
            self.running,
            fact.body,
        )


class Run:
    """One process of a worker, and the messages it has."""

    __slots__ = ("gone_at", "held", "key", "tally")

    def __init__(self, tally: WorkerTally, number: int, gone_at: float | None) -> None:
        self.tally = tally
        self.key = (tally.name, number)
        self.gone_at = gone_at
        self.held: dict[str, Delivery] = {}


class Runs:
    """All runs that are alive, or gone with messages that are not settled yet."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._runs: dict[tuple[str, int], Run] = {}
        self._last_gone: dict[str, tuple[int, float]] = {}

    def get(self, worker: str, number: int) -> Run:
        """The run; a new one, unless it is known to be over: then one that holds nothing."""
        run = self._runs.get((worker, number))
        if run is not None:
            return run
        tally = self._counts.tally(worker)
        last_gone, gone_at = self._last_gone.get(worker, (-1, 0.0))
        if number <= last_gone:
            return Run(tally, number, gone_at)
        run = self._runs[worker, number] = Run(tally, number, None)
        return run

    def gone(self, worker: str, number: int, now: float) -> Run:
        """The process of this run ended: from now on it gets nothing new."""
        run = self.get(worker, number)
        run.gone_at = now if run.gone_at is None else run.gone_at
        self._last_gone[worker] = (max(number, self._last_gone.get(worker, (-1, now))[0]), now)
        self.tidy(run)
        return run

    def held(self) -> frozenset[str]:
        """The tasks that runs have, those that are gone and not settled included."""
        return frozenset(task_id for run in self._runs.values() for task_id in run.held)

    def tidy(self, run: Run) -> None:
        """Drop a run that is gone and has nothing left."""
        if run.gone_at is not None and not run.held:
            self._runs.pop(run.key, None)
