"""Compares what a worker says it has done with the events that were heard of it.

Theory. Events get lost: their channel on Redis has no memory, and is closed on who listens too
slowly. Heartbeats then give it away, for `processed` and `active` are absolute. But a heartbeat
may overtake events: Celery's hub holds task events back until its next round, and the Windows loop
sends heartbeats from another thread. So each heartbeat is compared with what was heard by the
*next* one, a while later; whatever is still missing then was missed.

On the hub a solo worker sends its heartbeats between tasks only: none runs then, even where
`active` says otherwise (a task stays in it whose result could not be stored for want of a broker).
"""

from dataclasses import dataclass

from core.tasks.facts import Received, Started, TaskFact
from core.workers.foreign import Beat


@dataclass(frozen=True, slots=True)
class Missed:
    """`events` in all that were not heard so far; `unended` are tasks that no longer run."""

    events: int
    unended: tuple[str, ...]


class Tally:
    """One process of one worker, heard from its start; `hub` is Celery's loop but on Windows."""

    def __init__(self, *, hub: bool) -> None:
        self._hub = hub
        self._begun = 0
        self._running: dict[str, None] = {}  # in the order of their start
        self._unended: frozenset[str] = frozenset()
        self._ends_missed = 0
        self._before: tuple[int, int, tuple[str, ...]] | None = None

    def heard(self, fact: TaskFact) -> None:
        """Take in an event of a task, or what was found out about one otherwise."""
        match fact:
            case Received():
                pass
            case Started():
                self._begun += 1
                self._running[fact.id] = None
            case _:
                self._running.pop(fact.id, None)

    def compare(self, beat: Beat) -> Missed | None:
        """Take in a heartbeat; what the one before it shows to be missing. None: not known."""
        if beat.processed is None or beat.active is None:
            return None
        before, self._before = self._before, (beat.processed, beat.active, tuple(self._running))
        if before is None:
            return None
        processed, active, running = before
        still = [task_id for task_id in running if task_id in self._running]
        unended = still if self._hub else still[: max(0, len(still) - active)]
        self._ends_missed += len(set(unended) - self._unended)
        self._unended = frozenset(unended)
        return Missed(max(0, processed - self._begun) + self._ends_missed, tuple(unended))
