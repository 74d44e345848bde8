"""Measures what the workers use, again and again: processor time, memory, and that of their tasks.

A task's memory is the most that its worker was seen to have while it ran, over what the worker had
when it was last idle. Between two looks the worker's own telemetry helps: the resident set right
before and after each task, which tells nothing of a peak in between.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from core.changes import UsageSampled
from core.tasks.facts import Failed, Succeeded
from core.tasks.memory import MemoryBook, TaskMemory
from core.tasks.times import TaskTime, TimeBook
from core.workers.means import Means
from core.workers.supervisor import Supervisor
from core.workers.sweep import Sample, Sweep
from core.workers.usage import Effort, Point, Usage

LOOK_S: Final = 1.0
SELDOM_S: Final = 2.0
HISTORY_S: Final = 300
UNTOLD_S: Final = 0.5
"""So long, at the very most, a task may run before we are told that it has begun."""


class Meter:
    """What each worker uses, as of the last look. `watched`: somebody sees it; look more often."""

    watched = False

    def __init__(self, means: Means, supervisor: Supervisor, sweep: Sweep | None = None) -> None:
        self._means = means
        self._supervisor = supervisor
        self._sweep = sweep or Sweep()
        self._usages: dict[str, Usage] = {}
        self._samples: dict[str, Sample] = {}
        self._histories: dict[str, deque[Point]] = {}
        self._idle: dict[str, deque[_Idle]] = {}
        self._peaks: dict[str, tuple[str, int]] = {}
        self._book = MemoryBook()
        self._times = TimeBook()
        self._worked: set[str] = set()
        self._effort = Effort()

    def usage(self, name: str) -> Usage | None:
        """What a worker used at the last look, over all its runs; None before the first."""
        return self._usages.get(name)

    def history(self, name: str) -> tuple[Point, ...]:
        """The looks of the last five minutes, oldest first."""
        return tuple(self._histories.get(name, ()))

    def tasks(self) -> tuple[TaskMemory, ...]:
        """What tasks of each name take, the greediest first."""
        return self._book.read()

    def times(self) -> tuple[TaskTime, ...]:
        """How long tasks of each name took, the longest first."""
        return self._times.read()

    def idle(self) -> int | None:
        """The most that a worker had between tasks, in bytes; None before one was seen idle."""
        return max((_base(seen) for seen in self._idle.values()), default=None)

    def effort(self) -> Effort:
        """What all tasks took of time."""
        return self._effort

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S if self.watched else SELDOM_S)
            await self.look()

    async def look(self) -> None:
        """Look at all workers once, and tell."""
        before = self._running()
        found = await asyncio.to_thread(self._sweep.look, self._supervisor.roots)
        after = self._running()
        busy = {name for seen in (before, after) for name, (_, task) in seen.items() if task}
        for name, sample in found.items():
            self._take(name, sample, worked=name in busy | self._worked)
            if name in after and before.get(name) == after[name]:
                self._attribute(name, sample, *after[name])
        self._samples = dict(found)
        self._worked.clear()
        if found:
            self._means.publish(UsageSampled(tuple(self._usages[name] for name in found)))

    def ended(self, name: str, fact: Succeeded | Failed) -> None:
        """A task of this worker is over."""
        self._worked.add(name)
        effort = self._effort
        runtime_s = effort.runtime_s + (fact.runtime_s or 0.0)
        self._effort = replace(effort, ended=effort.ended + 1, runtime_s=runtime_s)
        if fact.runtime_s is not None:
            self._times.add(fact.name, fact.runtime_s)
        grown: list[int] = []
        if fact.rss_before is not None and fact.rss_after is not None:
            grown.append(fact.rss_after - fact.rss_before)
        if (peak := self._peaks.get(name)) is not None and peak[0] == fact.id:
            grown.append(peak[1])
            del self._peaks[name]
        if grown:
            self._book.add(fact.name, max(0, *grown))

    def _running(self) -> Mapping[str, tuple[int, str | None]]:
        return {
            worker.name: (worker.run, worker.task.id if worker.task else None)
            for worker in self._supervisor.workers
            if worker.up_since is not None
        }

    def _take(self, name: str, sample: Sample, *, worked: bool) -> None:
        last = self._samples.get(name)
        used_s, percent = sample.cpu_s, 0.0
        if last is not None and last.root == sample.root:
            used_s -= last.cpu_s
            percent = 100 * used_s / max(sample.at - last.at, 1e-3)
            if worked:
                self._effort = replace(self._effort, cpu_s=self._effort.cpu_s + used_s)
        before = self._usages.get(name)
        self._usages[name] = Usage(
            name,
            percent,
            sample.memory,
            max(sample.memory, before.peak if before else 0),
            used_s + (before.cpu_s if before else 0.0),
            sample.processes,
        )
        history = self._histories.setdefault(name, deque(maxlen=HISTORY_S))
        history.append(Point(sample.at, percent, sample.memory))
        while history[0].at < sample.at - HISTORY_S:
            history.popleft()

    def _attribute(self, name: str, sample: Sample, run: int, task_id: str | None) -> None:
        """This look was wholly within one task, or within none that we knew of."""
        idle = self._idle.get(name)
        if task_id is None:
            idle = self._idle.setdefault(name, deque())
            while idle and (idle[0].run != run or idle[0].at < sample.at - UNTOLD_S):
                idle.popleft()
            idle.append(_Idle(run, sample.at, sample.memory))
            return
        if idle is None or idle[0].run != run:
            return
        known = self._peaks.get(name)
        before = known[1] if known is not None and known[0] == task_id else 0
        self._peaks[name] = (task_id, max(before, sample.memory - _base(idle)))


@dataclass(frozen=True, slots=True)
class _Idle:
    """A look at a worker of which no task was known. `at` is monotonic, `memory` in bytes."""

    run: int
    at: float
    memory: int


def _base(seen: Iterable[_Idle]) -> int:
    """What it had when idle: in the last of these looks a task may have begun already."""
    return min(each.memory for each in seen)
