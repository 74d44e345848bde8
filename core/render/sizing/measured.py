"""What was measured of a project, and what a prefork worker of it needs by that.

A solo worker that is idle has all that one process needs: the interpreter, Celery, the project's
imports; the literal command some more than a worker of the fleet. Children of a prefork worker
share a part of that with their parent until they write to it. Real children say how much; where
there are none (on Windows), six tenths count as their own. On Linux it was half of it, for a bare
app and for one with FastAPI, pandas and SQLAlchemy alike.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.errors import FleetError
from core.render.plans import MB, Plan, known_plans
from core.render.sizing.concurrency import NOT_MEASURED, Advice, Footprint, Work, advise
from core.tasks.memory import TaskMemory
from core.tasks.times import TaskTime
from core.workers.usage import Effort

OWN_OF_CHILD: Final = 0.6
"""The share of an idle solo worker's memory that a prefork child is taken to have for itself."""
NO_EFFORT: Final = Effort()
COMMAND: Final = 18 * MB
"""What the literal command has over a worker of the fleet, which does not gossip."""
ENOUGH_S: Final = 0.01
"""Less of running tasks than this tells nothing of processor time."""


@dataclass(frozen=True, slots=True)
class Prefork:
    """A real prefork worker at rest: bytes that all share, and that each child has for itself."""

    base: int
    child: int
    children: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Numbers of one project. Bytes; None and empty for what was not measured.

    `idle` is a solo worker between tasks, `tasks` what tasks took over that, the greediest first,
    `effort` their time; `crowded`: the machine was busy, so that part of that time was spent in
    line for a processor. `times` are how long tasks took, the longest first. `at` is UTC, `how`
    says where the numbers of solo workers are from.
    """

    at: datetime
    how: str
    idle: int | None = None
    tasks: tuple[TaskMemory, ...] = ()
    effort: Effort = NO_EFFORT
    prefork: Prefork | None = None
    crowded: bool = False
    times: tuple[TaskTime, ...] = ()

    def over(self, older: "Measured | None") -> "Measured":
        """These numbers, and those of an older record that these do not have."""
        if older is None:
            return self
        known = {task.name: task for task in older.tasks} | {task.name: task for task in self.tasks}
        times = {task.name: task for task in older.times} | {task.name: task for task in self.times}
        return replace(
            self,
            idle=self.idle if self.idle is not None else older.idle,
            tasks=tuple(sorted(known.values(), key=lambda each: (-each.most, each.name))),
            effort=self.effort if self.work else older.effort,
            crowded=self.crowded if self.work else older.crowded,
            prefork=self.prefork or older.prefork,
            times=tuple(sorted(times.values(), key=lambda each: (-each.longest_s, each.name))),
        )

    @property
    def work(self) -> Work | None:
        """The time of a task, on average; None where too little ran."""
        effort = self.effort
        if not effort.ended or effort.runtime_s < ENOUGH_S:
            return None
        return Work(effort.runtime_s / effort.ended, effort.cpu_s / effort.ended, self.crowded)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each number of a footprint is from, in words."""

    base: str
    child: str
    task: str


def footprint(measured: Measured | None) -> tuple[Footprint, Sources]:
    """What a prefork worker needs; what was not measured is taken from the guide, and says so."""
    base, child, told_base, told_child = _idle(measured)
    if measured is not None and measured.tasks:
        greedy = measured.tasks[0]
        task, told_task = greedy.most, f"{greedy.name}, the most of {greedy.count} ({measured.how})"
    elif measured is None:
        task, told_task = NOT_MEASURED.task, "not measured: what data analysis takes"
    else:
        task, told_task = NOT_MEASURED.task, "no task was measured: what data analysis takes"
    source = measured.how if measured is not None else NOT_MEASURED.source
    return Footprint(base, child, task, source), Sources(told_base, told_child, told_task)


def advised(plan: Plan, measured: Measured | None) -> Advice:
    """The concurrency for a plan, by what was measured."""
    return advise(plan, footprint(measured)[0], None if measured is None else measured.work)


def advised_number(plan: str, measured: Measured | None) -> int:
    """The same for a plan by its name, one at least; 1 for a plan that is not known."""
    try:
        return max(1, advised(known_plans().plan(plan), measured).concurrency)
    except FleetError:
        return 1


def _idle(measured: Measured | None) -> tuple[int, int, str, str]:
    if measured is not None and measured.prefork is not None:
        real = measured.prefork
        told = f"{real.children} real prefork children on this machine"
        return real.base, real.child, f"PSS of parent and {told}", f"own pages of {told}"
    if measured is not None and measured.idle is not None:
        base = measured.idle + COMMAND
        told = f"{OWN_OF_CHILD:.0%} of that: children share the rest until they write to it"
        worker = f"an idle solo worker ({measured.how}), and {COMMAND // MB} MB for the command"
        return base, round(OWN_OF_CHILD * base), worker, told
    missing = "not measured: a usual size"
    return NOT_MEASURED.base, NOT_MEASURED.child, missing, "not measured: within the task's"
