"""How long the tasks of a sending took, and how many ran at the same time."""

from bisect import insort
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, inf
from statistics import median
from typing import Final

SPANS: Final = 4000
"""How many of the latest runs are searched for the most at a time; a peak found before stays."""

REMEMBERED: Final = 200
"""How many runs of one task its typical time is taken from."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`half_s` and `most_s`: within these, 50 % and 95 % of the runs ended, in seconds."""

    half_s: float
    most_s: float
    at_a_time: int


def share_within(ordered: list[float], share: float) -> float:
    """The least value that this share (0 to 1) of all does not exceed; `ordered` is not empty."""
    return ordered[max(ceil(share * len(ordered)), 1) - 1]


def most_at_once(spans: list[tuple[float, float]]) -> int:
    """How many of these runs, from start to end, overlapped at most. One may begin as one ends."""
    steps = sorted([(begin, 1) for begin, _ in spans] + [(end, 0) for _, end in spans])
    most = now = 0
    for _, begins in steps:
        now += 1 if begins else -1
        most = max(most, now)
    return most


class Timing:
    """Takes in the runs of one sending as they end."""

    def __init__(self) -> None:
        self._runtimes: list[float] = []
        self._spans: deque[tuple[float, float]] = deque(maxlen=SPANS)
        self._most = 0

    def ended(self, started_at: float | None, ended_at: float | None, ran_s: float | None) -> None:
        """One has ended. What is not known (a task that died with its worker) counts nowhere."""
        if ran_s is not None:
            insort(self._runtimes, ran_s)
        if started_at is not None and ended_at is not None:
            self._spans.append((started_at, max(started_at, ended_at)))

    def figures(self, running_since: Iterable[float]) -> Figures | None:
        """None until one has ended; some run since these instants."""
        running = [(since, inf) for since in running_since]
        self._most = max(self._most, most_at_once([*self._spans, *running]))
        if not self._runtimes:
            return None
        return Figures(
            share_within(self._runtimes, 0.5), share_within(self._runtimes, 0.95), self._most
        )


class Typical:
    """The median run time of each task in this session, from the runs that succeeded."""

    def __init__(self) -> None:
        self._runs: dict[str, deque[float]] = {}

    def ran(self, task: str, seconds: float) -> None:
        """One run."""
        self._runs.setdefault(task, deque(maxlen=REMEMBERED)).append(seconds)

    def of(self, task: str) -> float | None:
        """Seconds; None while none has run."""
        runs = self._runs.get(task)
        return median(runs) if runs else None
