"""How many instances a backlog takes: the rule by which queues scale a worker.

Render scales by CPU and memory only. This rule asks for `ceil(messages / per_instance)`, between
two limits. It goes up at once, since what waits is there already and the number does not add up
over rounds. It goes down only to the most that was wanted at any time of the cool-down, counting
also what workers hold, and only once a whole cool-down has been seen since the last change: a load
that comes and goes within that time keeps its instances, so nothing flaps.
"""

import math
from dataclasses import dataclass, replace
from typing import Final

from core.errors import USAGE, FleetError
from core.render.choices import MAX_INSTANCES

COOL_DOWN_S: Final = 300.0
LEAST_COOL_DOWN_S: Final = 60.0
"""An instance takes about this long to come up, and to be gone."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`least` and `most` are instances, `per_instance` messages, `cool_down_s` seconds."""

    least: int
    most: int
    per_instance: int
    cool_down_s: float = COOL_DOWN_S

    def wants(self, messages: int) -> int:
        """Instances for so many messages."""
        return min(self.most, max(self.least, math.ceil(messages / self.per_instance)))


def checked_rule(least: int, most: int, per_instance: int, cool_down_s: float) -> Rule:
    """A rule that makes sense. Raises FleetError."""
    why = ""
    if not 1 <= least <= most <= MAX_INSTANCES:
        why = f"from {least} to {most} instances is no range between 1 and {MAX_INSTANCES}"
    elif per_instance < 1:
        why = "an instance takes at least one message"
    elif cool_down_s < LEAST_COOL_DOWN_S:
        why = f"a cool-down below {LEAST_COOL_DOWN_S:.0f} s is over before an instance is up"
    if why:
        fix = "Write for example: --min 1 --max 5 --backlog 10 --cool-down 300"
        raise FleetError("there is no such rule for scaling", why, fix, exit_code=USAGE)
    return Rule(least, most, per_instance, cool_down_s)


@dataclass(frozen=True, slots=True)
class Load:
    """Messages that wait, and that workers hold."""

    waiting: int
    held: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What the rule remembers: wanted numbers with their times, and since when it may go down.

    Times are monotonic seconds. `since` is None until the first look, and after a look that failed.
    """

    wanted: tuple[tuple[float, int], ...] = ()
    since: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The number of instances to ask for, None when it stays; `why` is for people."""

    instances: int | None
    why: str


def decide(
    rule: Rule, memory: Memory, load: Load, instances: int, now: float
) -> tuple[Memory, Decision]:
    """What to do about a load, with so many instances there now."""
    keep = rule.wants(load.waiting + load.held)
    since = now if memory.since is None else memory.since
    recent = tuple(each for each in memory.wanted if now - each[0] < rule.cool_down_s)
    memory = Memory((*recent, (now, keep)), since)
    told = f"{load.waiting} waiting, {load.held} held"
    up = rule.wants(load.waiting)
    if up > instances:
        return replace(memory, since=now), Decision(
            up, f"{told}: {up} instances at {rule.per_instance} each"
        )
    down = max(number for _, number in memory.wanted)
    if down >= instances:
        return memory, Decision(None, f"{told}: it stays at {instances}")
    left_s = rule.cool_down_s - (now - since)
    if left_s > 0:
        return memory, Decision(None, f"{told}: {down} would do, in {left_s:.0f} s at the earliest")
    why = f"{told}: {down} would have done for {rule.cool_down_s:.0f} s"
    return replace(memory, since=now), Decision(down, why)


def blind(memory: Memory) -> Memory:
    """After a look that failed: what is not known lets nothing go down for a whole cool-down."""
    return replace(memory, since=None)
