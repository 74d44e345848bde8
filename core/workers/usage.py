"""What a worker uses of the machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One look, at a monotonic instant: CPU in % of one core since the last, memory in bytes."""

    at: float
    cpu_percent: float
    memory: int


@dataclass(frozen=True, slots=True)
class Usage:
    """A worker with all processes below it. See `core.workers.sweep` for what memory is.

    `cpu_percent` is of one core, since the look before; `memory` and `peak`, the most so far, are
    in bytes. `cpu_s` and `peak` are over all its runs, as far as they were looked at.
    """

    name: str
    cpu_percent: float
    memory: int
    peak: int
    cpu_s: float
    processes: int


@dataclass(frozen=True, slots=True)
class Effort:
    """What the tasks that ended took together: `runtime_s` from start to end, and on a processor.

    `cpu_s` is what their workers used from the look before a task to the look after it.
    """

    ended: int = 0
    runtime_s: float = 0.0
    cpu_s: float = 0.0
