"""Makes sure that Flower sees the workers, so that what it counts from then on is all there is."""

import asyncio
from dataclasses import dataclass
from typing import Final

from core.bridge.calls import Calls
from core.flower.health import seen_workers
from core.flower.plan import FlowerPlan

LIMIT_S: Final = 10.0
"""Heartbeats come every two seconds."""
_AGAIN_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Sight:
    """The workers that Flower sees and those that answer but that it has not seen, sorted."""

    seen: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()


async def make_workers_seen(plan: FlowerPlan, calls: Calls, limit_s: float = LIMIT_S) -> Sight:
    """Have the workers send task events, and wait until Flower has heard each of them.

    Flower itself asks for events 5 s after its start and every 5 s from then on
    (`flower/events.py`, 2.2), and what it does not hear it never counts. A worker that it has
    heard proves that it is subscribed. Raises FleetError when the workers cannot be asked.
    """
    nodes = await calls.enable_events()
    seen = frozenset[str]()
    try:
        async with asyncio.timeout(limit_s):
            while not nodes <= (seen := await seen_workers(plan)):
                await asyncio.sleep(_AGAIN_S)
    except TimeoutError:
        pass
    return Sight(tuple(sorted(seen)), tuple(sorted(nodes - seen)))
