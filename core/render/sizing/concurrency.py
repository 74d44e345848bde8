"""How many tasks at once: as many as memory and processors of a plan take, and no more.

Memory: `total = base + N x (child + task)`, where N children of a prefork worker run a task each.
What all share is `base`: the parent, and the pages that its children have not written to. Of a
plan's memory a fifth is kept free: tasks are not all alike, and the kernel kills without asking.

Processors: a task that mostly waits leaves room for another one, so I/O-bound work gets two
children a processor, other work one; never less than one child.
"""

import math
from dataclasses import dataclass
from typing import Final

from core.render.plans import MB, Plan

SPARE: Final = 0.2
"""The share of memory that the advice leaves free."""
IO_BOUND_BELOW: Final = 0.5
"""Tasks that use less of their time on a processor than this share are I/O-bound."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a prefork worker needs, in bytes: `base` once, `child` and `task` for each child.

    `source` says where the numbers come from.
    """

    base: int
    child: int
    task: int
    source: str

    def total(self, concurrency: int) -> int:
        """All of it, when every child runs the greediest task at the same moment."""
        return self.base + concurrency * (self.child + self.task)


@dataclass(frozen=True, slots=True)
class Work:
    """What tasks take of time: seconds from start to end, and seconds on a processor of these.

    `crowded`: it was measured on a machine without a free processor.
    """

    runtime_s: float
    cpu_s: float
    crowded: bool = False

    @property
    def io_bound(self) -> bool:
        """Whether it mostly waits. Nobody can say where it may have waited for a processor."""
        return not self.crowded and self.cpu_s < IO_BOUND_BELOW * self.runtime_s

    @property
    def told(self) -> str:
        """The rule that holds for it, and why."""
        if self.io_bound:
            return "2 x CPU: tasks mostly wait"
        if self.cpu_s < IO_BOUND_BELOW * self.runtime_s:
            return "1 x CPU: the machine was too busy to tell whether tasks wait"
        return "1 x CPU: tasks compute"


NOT_MEASURED: Final = Footprint(
    base=100 * MB,
    child=0,
    task=300 * MB,
    source="not measured: 100 MB, and 300 MB a task, as data analysis takes",
)
"""For a project whose tasks nobody has run."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The concurrency for one plan, 0 when not even one task fits, and what sets it.

    `by_memory` and `by_cpu` are the limits on their own; `total` is in bytes, for the concurrency
    that is advised, or for one task when none fits.
    """

    plan: Plan
    concurrency: int
    by_memory: int
    by_cpu: int
    total: int
    why: str


def advise(plan: Plan, footprint: Footprint = NOT_MEASURED, work: Work | None = None) -> Advice:
    """The concurrency that is safe on a plan. Unknown work counts as I/O-bound, as most is."""
    usable = plan.memory * (1 - SPARE) - footprint.base
    each = max(1, footprint.child + footprint.task)
    by_memory = max(0, int(usable // each))
    io_bound = work is None or work.io_bound
    by_cpu = max(1, math.floor(plan.cpu * (2 if io_bound else 1)))
    concurrency = min(by_memory, by_cpu)
    if by_memory < 1:
        why = "not even one task fits with a fifth to spare"
    elif by_memory < by_cpu:
        why = "memory, with a fifth to spare"
    else:
        why = work.told if work is not None else "2 x CPU, as if tasks mostly wait"
    return Advice(plan, concurrency, by_memory, by_cpu, footprint.total(concurrency or 1), why)


def is_safe(plan: Plan, footprint: Footprint, concurrency: int) -> bool:
    """Whether the spare stays free, whatever runs at once."""
    return footprint.total(concurrency) <= (1 - SPARE) * plan.memory


def risk(plan: Plan, footprint: Footprint, concurrency: int) -> str:
    """What a concurrency means for memory on a plan, in words."""
    share = footprint.total(concurrency) / plan.memory
    if is_safe(plan, footprint, concurrency):
        return f"safe: at most {share:.0%} of the memory when all run at once"
    if share <= 1:
        return (
            f"tight: {share:.0%} of the memory when all run at once; one task that takes more than"
            " was measured, and the kernel kills a process"
        )
    return (
        f"too much: {share:.0%} of the memory when all run at once; the kernel then kills a process"
        " (signal 9, SIGKILL), and Render restarts the worker"
    )
