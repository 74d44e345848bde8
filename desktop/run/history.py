"""What became of each worker's processes, as far back as the window saw it."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from core.workers.phase import Phase, Worker

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Event:
    """`at` is Unix seconds."""

    at: float
    phase: Phase
    pid: int | None
    text: str


class History:
    """At most `MOST` events a worker, the latest first: starts, stops, crashes and why."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._events: defaultdict[str, deque[Event]] = defaultdict(lambda: deque(maxlen=MOST))

    def take(self, worker: Worker) -> None:
        """Note where a worker stands; coming and going of tasks is no event."""
        phase = Phase.READY if worker.phase is Phase.BUSY else worker.phase
        events = self._events[worker.name]
        last = events[0] if events else None
        if worker.run == 0 or (last and last.phase is phase and last.pid == worker.pid):
            return
        text = "ready" if phase is Phase.READY else worker.evidence
        events.appendleft(Event(self._clock(), phase, worker.pid, text))

    def of(self, name: str) -> Sequence[Event]:
        """The events of one worker, the latest first."""
        return tuple(self._events.get(name, ()))
