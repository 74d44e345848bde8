"""How much memory the tasks of each name took over what their worker has when idle."""

from collections import OrderedDict, deque
from dataclasses import dataclass
from statistics import median
from typing import Final

KEPT_RUNS: Final = 500
"""Of each name, for the median."""
KEPT_NAMES: Final = 1000


@dataclass(frozen=True, slots=True)
class TaskMemory:
    """All runs of tasks of one name that were measured. In bytes over the idle worker."""

    name: str
    count: int
    median: int
    most: int


class _Runs:
    def __init__(self) -> None:
        self.count = 0
        self.most = 0
        self.last = deque[int](maxlen=KEPT_RUNS)


class MemoryBook:
    """Keeps them by name; the names that were not heard of for longest are forgotten."""

    def __init__(self) -> None:
        self._runs: OrderedDict[str, _Runs] = OrderedDict()

    def add(self, name: str, grown: int) -> None:
        """One run took so much."""
        runs = self._runs.setdefault(name, _Runs())
        self._runs.move_to_end(name)
        runs.count += 1
        runs.most = max(runs.most, grown)
        runs.last.append(grown)
        if len(self._runs) > KEPT_NAMES:
            self._runs.popitem(last=False)

    def read(self) -> tuple[TaskMemory, ...]:
        """What each takes, the greediest first."""
        all_runs = (
            TaskMemory(name, runs.count, round(median(runs.last)), runs.most)
            for name, runs in self._runs.items()
        )
        return tuple(sorted(all_runs, key=lambda each: (-each.most, each.name)))
