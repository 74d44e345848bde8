"""How many tasks a second are wanted, and what it takes to run as many."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.errors import USAGE, FleetError
from core.render.plans import Plan
from core.render.sizing.concurrency import Footprint, Work, advise

BUSY: Final = 0.8
"""Workers that are busy for longer than this share let a queue grow at every rush."""
_UNITS: Final = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0}
_RATE: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:/\s*([smh]))?\s*")


def parse_rate(text: str) -> float:
    """Tasks a second, written as Celery's rate limits are: `5`, `10/s`, `100/m`, `1000/h`.

    Raises FleetError.
    """
    match = _RATE.fullmatch(text)
    rate = float(match[1]) / _UNITS[match[2] or ""] if match else 0.0
    if not rate or not math.isfinite(rate):
        raise FleetError(
            f"{text!r} is no rate",
            "it is a number of tasks a second, a minute or an hour, above 0",
            "write it as 10/s, 100/m or 1000/h",
            exit_code=USAGE,
        )
    return rate


@dataclass(frozen=True, slots=True)
class Capacity:
    """So many instances of a plan at one concurrency, and the tasks a second that they keep up.

    `usd` a month, None where the price is not known.
    """

    plan: Plan
    concurrency: int
    instances: int
    rate: float
    usd: float | None


def capacity(
    plan: Plan, footprint: Footprint, work: Work, rate: float, concurrency: int | None = None
) -> Capacity | None:
    """What a rate takes on one plan; None when no task fits. `concurrency` in place of advice.

    An instance runs as many tasks as its children, and as its processors, let it.
    """
    at_once = advise(plan, footprint, work).concurrency if concurrency is None else concurrency
    if not at_once:
        return None
    each = BUSY * at_once / work.runtime_s
    if work.cpu_s > 0:
        each = min(each, BUSY * plan.cpu / work.cpu_s)
    instances = max(1, math.ceil(rate / each - 1e-9))
    usd = None if plan.usd is None else plan.usd * instances
    return Capacity(plan, at_once, instances, each * instances, usd)


def cheapest(found: Iterable[Capacity]) -> Capacity | None:
    """The one for the least money, with the fewest instances among equals."""
    priced = (each for each in found if each.usd is not None)
    return min(priced, key=lambda each: (each.usd or 0.0, each.instances), default=None)
