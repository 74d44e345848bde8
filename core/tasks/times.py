"""How long the tasks of each name took."""

from collections import OrderedDict, deque
from dataclasses import dataclass
from statistics import median
from typing import Final

KEPT_RUNS: Final = 500
"""Of each name, for the median."""
KEPT_NAMES: Final = 1000


@dataclass(frozen=True, slots=True)
class TaskTime:
    """All runs of tasks of one name that were timed, in seconds from start to end."""

    name: str
    count: int
    median_s: float
    longest_s: float


class _Runs:
    def __init__(self) -> None:
        self.count = 0
        self.longest_s = 0.0
        self.last = deque[float](maxlen=KEPT_RUNS)


class TimeBook:
    """Keeps them by name; the names that were not heard of for longest are forgotten."""

    def __init__(self) -> None:
        self._runs: OrderedDict[str, _Runs] = OrderedDict()

    def add(self, name: str, runtime_s: float) -> None:
        """One run took so long."""
        runs = self._runs.setdefault(name, _Runs())
        self._runs.move_to_end(name)
        runs.count += 1
        runs.longest_s = max(runs.longest_s, runtime_s)
        runs.last.append(runtime_s)
        if len(self._runs) > KEPT_NAMES:
            self._runs.popitem(last=False)

    def read(self) -> tuple[TaskTime, ...]:
        """What each took, the longest first."""
        all_runs = (
            TaskTime(name, runs.count, median(runs.last), runs.longest_s)
            for name, runs in self._runs.items()
        )
        return tuple(sorted(all_runs, key=lambda each: (-each.longest_s, each.name)))
