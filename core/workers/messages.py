"""What goes into a worker's lifecycle and what comes out: events, and actions.

Whatever comes from a process carries its `run`, so that a late line of an earlier run is known
for what it is.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from core.errors import FleetError
from core.tasks.facts import Fact
from core.workers.loss import Manner


class Rung(IntEnum):
    """How much time a stop leaves the running task. Celery's words, but for the last.

    WARM: it may finish. COLD: it is broken off in order, as prefork breaks it off; an app with
    worker_soft_shutdown_timeout has that long before. KILL: no time at all.
    """

    WARM = 1
    COLD = 2
    KILL = 3


@dataclass(frozen=True, slots=True)
class StartAsked:
    """Somebody wants the worker up."""


@dataclass(frozen=True, slots=True)
class StopAsked:
    """Somebody wants the worker down."""

    rung: Rung = Rung.WARM


@dataclass(frozen=True, slots=True)
class RestartAsked:
    """Somebody wants a fresh process; `patient`: whenever the running task is over."""

    rung: Rung = Rung.WARM
    patient: bool = False


@dataclass(frozen=True, slots=True)
class RemoveAsked:
    """The fleet shrinks: stop, then be forgotten."""


@dataclass(frozen=True, slots=True)
class Spawned:
    """The process of this run exists."""

    run: int
    pid: int


@dataclass(frozen=True, slots=True)
class SpawnFailed:
    """There is no process: no such program, no permission, no such directory."""

    run: int
    error: FleetError


@dataclass(frozen=True, slots=True)
class Reported:
    """The worker said something."""

    run: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class CameUp:
    """A process that tells no facts is ready; `why` is the evidence for it."""

    run: int
    why: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The worker gave some other sign of life: it wrote to its log."""

    run: int


@dataclass(frozen=True, slots=True)
class Exited:
    """The process is gone and its pipes are read to the end.

    `words` says how in a person's words. On POSIX a death by signal has `signal` and no `code`.
    `killed_from_outside`: somebody other than us or its own code ended it. `in_order`: it was the
    worker's own decision, and not that of a task which called `os._exit(0)`.
    """

    run: int
    code: int | None
    signal: int | None
    words: str
    killed_from_outside: bool = False
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Woke:
    """The instant of the last `WakeAt` has come. Harmless when it has not, or was given up."""


@dataclass(frozen=True, slots=True)
class Slept:
    """The machine stood still for `gap_s`, and the clock jumped over it."""

    gap_s: float


Asked: TypeAlias = StartAsked | StopAsked | RestartAsked | RemoveAsked
Event: TypeAlias = Asked | Spawned | SpawnFailed | Reported | CameUp | Heard | Exited | Woke | Slept


@dataclass(frozen=True, slots=True)
class Spawn:
    """Start the process of this run; answer with `Spawned` or `SpawnFailed`.

    `fresh`: from the code as it is now, since somebody asked for it, or may have mended it.
    """

    run: int
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class AskToStop:
    """Send the stop command: finish the task, or when `cold` break it off; then leave."""

    cold: bool = False


@dataclass(frozen=True, slots=True)
class Kill:
    """End the process and all its children at once."""


@dataclass(frozen=True, slots=True)
class WakeAt:
    """Send `Woke` at this monotonic instant; it replaces an earlier one."""

    at: float


@dataclass(frozen=True, slots=True)
class Settle:
    """Settle every message that this ended run still holds, before another run may begin.

    `limit_s` is the time limit that its task had passed, when that was the `manner` of its end.
    """

    run: int
    manner: Manner = Manner.LOST
    limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """The worker is no more: forget it."""


@dataclass(frozen=True, slots=True)
class Say:
    """Tell people."""

    text: str


Action: TypeAlias = Spawn | AskToStop | Kill | WakeAt | Settle | Removed | Say
