"""What became of each worker's processes, as far back as the window saw it."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.workers.phase import Phase, Worker

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Event:
    """`at` is Unix seconds."""

    at: float
    phase: Phase
    run: int
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
        if worker.run == 0 or (last and (last.phase, last.run) == (phase, worker.run)):
            return
        events.appendleft(Event(self._clock(), phase, worker.run, _words(worker, phase)))

    def say(self, name: str, text: str) -> None:
        """Note what the session said of a worker: why it starts again, that its broker is back."""
        events = self._events[name]
        if events:
            events.appendleft(replace(events[0], at=self._clock(), text=text))

    def of(self, name: str) -> Sequence[Event]:
        """The events of one worker, the latest first."""
        return tuple(self._events.get(name, ()))


def _words(worker: Worker, phase: Phase) -> str:
    match phase:
        case Phase.READY:
            return f"process {worker.pid}"
        case Phase.STARTING:
            return f"run {worker.run}"
        case _:
            return worker.evidence
