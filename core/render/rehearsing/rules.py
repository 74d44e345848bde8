"""What becomes of a task that runs when its worker is told to go. Pure.

Theory. Render sends SIGTERM, and SIGKILL once maxShutdownDelaySeconds are over (30, at most 300;
https://render.com/docs/deploys#graceful-shutdown). On SIGTERM a prefork worker takes nothing more
and waits for what runs, however long: a warm shutdown. SIGKILL takes parent and children at once,
so nobody is left to reject anything: `task_reject_on_worker_lost` is for children alone. Then what
was acknowledged early is lost, and what is acknowledged late stays with Redis until the visibility
timeout is over. With REMAP_SIGTERM=SIGQUIT, Celery takes SIGTERM for a cold shutdown, which from
5.5 on waits for worker_soft_shutdown_timeout first, then breaks off what runs: what is acknowledged
late goes back at once (`celery/apps/worker.py`, 5.5-5.7). All of it was tried with 5.7; see
`tests/end_to_end/test_rehearsed.py`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

SWEEP_S: Final = 100.0
"""Redis is searched for overdue messages every tenth time that ten seconds are over
(`kombu/transport/redis.py`, unacked_restore_interval and the throttle of it)."""
LONGEST_DELAY_S: Final = 300
MARGIN: Final = 1.2
"""Over the longest run that was seen."""
SPARE_S: Final = 10.0
"""What a cold shutdown needs of the delay once the soft one is over."""


class Fate(StrEnum):
    """What becomes of it."""

    FINISHES = "finishes"
    AGAIN_NOW = "again, at once"
    AGAIN_LATER = "again, later"
    LOST = "lost"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Task:
    """A task as the app has it; `longest_s` is the longest of `count` runs here, None without one.

    Limits are None where there is none.
    """

    name: str
    acks_late: bool = False
    reject_on_worker_lost: bool = False
    time_limit_s: float | None = None
    soft_time_limit_s: float | None = None
    longest_s: float | None = None
    count: int = 0

    @property
    def needs_s(self) -> float | None:
        """How long it may still need when it has only just begun; a limit ends it earlier."""
        known = (self.longest_s, self.time_limit_s)
        return min((each for each in known if each is not None), default=None)


@dataclass(frozen=True, slots=True)
class Stop:
    """How a worker is stopped: `delay_s` from SIGTERM to SIGKILL.

    `quits`: REMAP_SIGTERM=SIGQUIT is set, and `soft_s` is worker_soft_shutdown_timeout.
    `visibility_s` is None where the broker itself takes back what a lost connection held.
    """

    delay_s: float = 30.0
    quits: bool = False
    soft_s: float = 0.0
    visibility_s: float | None = 3600.0

    @property
    def patience_s(self) -> float:
        """How long a task may run on."""
        return min(self.soft_s, self.delay_s) if self.quits else self.delay_s

    @property
    def killed(self) -> bool:
        """Whether SIGKILL is what ends a task that runs too long."""
        return not self.quits or self.soft_s >= self.delay_s


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a task, and why. `if_cut` is what would, were it still running by then.

    `after_s`: how much later it begins again, at most, where it does so later.
    """

    fate: Fate
    if_cut: Fate
    why: str
    after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Settings that change the outcome, as one writes them, what then becomes, and the price."""

    settings: tuple[str, ...]
    outcome: Outcome
    price: str = ""


def outcome(task: Task, stop: Stop) -> Outcome:
    """What becomes of this task when its worker is stopped so, right after it began."""
    cut, why_cut, after_s = _cut(task, stop)
    needs_s, patience_s = task.needs_s, stop.patience_s
    if needs_s is None or (task.longest_s is None and needs_s > patience_s):
        limit = "has no limit" if needs_s is None else f"its limit lets it run {told_s(needs_s)}"
        why = f"it was never timed, and {limit}; after {told_s(patience_s)} {why_cut}"
        return Outcome(Fate.UNKNOWN, cut, why)
    if needs_s <= patience_s and _may_take(task) > patience_s:
        why = f"it took {told_s(needs_s)} here, and has {told_s(patience_s)}: too near to tell,"
        return Outcome(Fate.UNKNOWN, cut, f"{why} Render's processor being another; {why_cut}")
    if needs_s <= patience_s:
        by_limit = task.longest_s is None or needs_s < task.longest_s
        ends = "its time limit ends it after" if by_limit else "its longest run took"
        why = f"{ends} {told_s(needs_s)}, and it has {told_s(patience_s)}"
        return Outcome(Fate.FINISHES, cut, why)
    why = f"it took {told_s(needs_s)}, and has {told_s(patience_s)}; then {why_cut}"
    return Outcome(cut, cut, why, after_s)


def _may_take(task: Task) -> float:
    """How long a timed task may take where the processor is another; a limit holds everywhere."""
    known = (task.longest_s and task.longest_s * MARGIN, task.time_limit_s)
    return min((each for each in known if each is not None), default=0.0)


def told_s(seconds: float) -> str:
    """A time of a task, in seconds: `0.25 s`, `3.1 s`, `1800 s`."""
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.2g} s"


def _cut(task: Task, stop: Stop) -> tuple[Fate, str, float | None]:
    """What becomes of a task that still runs when patience is over."""
    if not task.acks_late:
        how = "SIGKILL takes it" if stop.killed else "it is broken off"
        return Fate.LOST, f"{how}, and its message was acknowledged when it began", None
    if not stop.killed:
        return Fate.AGAIN_NOW, "it is broken off, and its message goes back at once", None
    if stop.visibility_s is None:
        return Fate.AGAIN_NOW, "SIGKILL takes it, and the broker takes its message back", None
    later_s = stop.visibility_s + SWEEP_S
    why = f"SIGKILL takes it, and Redis keeps its message for {told_s(stop.visibility_s)}"
    return Fate.AGAIN_LATER, why, later_s


def held(stop: Stop, all_finish: bool) -> Outcome:
    """What becomes of messages that a worker holds and has not begun: taken ahead, or with an ETA.

    They go back when the worker leaves by itself, which it does once nothing runs.
    """
    if all_finish or not stop.killed:
        why = "they go back to their queue when the worker leaves"
        return Outcome(Fate.AGAIN_NOW, Fate.AGAIN_NOW, why)
    if stop.visibility_s is None:
        why = "the broker takes them back when the connection ends"
        return Outcome(Fate.AGAIN_NOW, Fate.AGAIN_NOW, why)
    kept = f"Redis keeps them for {told_s(stop.visibility_s)}"
    why = f"a worker that SIGKILL takes gives nothing back: {kept}"
    return Outcome(Fate.AGAIN_LATER, Fate.AGAIN_LATER, why, stop.visibility_s + SWEEP_S)


def changes(task: Task, stop: Stop, *, soft_known: bool = True) -> Iterator[Change]:
    """What would change the outcome for the better, by the same rules.

    `soft_known`: its Celery has worker_soft_shutdown_timeout.
    """
    before = outcome(task, stop)
    if before.fate is Fate.FINISHES:
        return
    for settings, price, new_task, new_stop in _tries(task, stop, soft_known):
        after = outcome(new_task, new_stop)
        finishes = after.fate is Fate.FINISHES
        if finishes or _RANK.index(after.if_cut) < _RANK.index(before.if_cut):
            yield Change(settings, after, price)


_RANK: Final = (Fate.FINISHES, Fate.AGAIN_NOW, Fate.AGAIN_LATER, Fate.LOST)
"""The best first."""
_Try = tuple[tuple[str, ...], str, Task, Stop]


def _tries(task: Task, stop: Stop, soft_known: bool) -> Iterator[_Try]:
    twice = "it must bear to be run twice"
    if task.needs_s is not None and (wanted := _delay_for(task.needs_s)) <= LONGEST_DELAY_S:
        longer = replace(stop, delay_s=float(wanted), quits=False)
        drop = ("no REMAP_SIGTERM",) if stop.quits else ()
        yield (f"maxShutdownDelaySeconds: {wanted}", *drop), "", task, longer
    late = replace(task, acks_late=True)
    said = () if task.acks_late else ("acks_late=True",)
    if soft_known:
        soft_s = max(1.0, stop.delay_s - SPARE_S)
        quits = ("REMAP_SIGTERM=SIGQUIT", f"worker_soft_shutdown_timeout = {soft_s:g}")
        yield (*said, *quits), twice, late, replace(stop, quits=True, soft_s=soft_s)
    if said:
        yield said, twice, late, stop


def _delay_for(needs_s: float) -> int:
    return math.ceil(needs_s * MARGIN / 10) * 10
