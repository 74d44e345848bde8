"""What is rented on Render for one project; the set-ups of the guide, as starting points."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Redis: TypeAlias = Literal["upstash", "key-value"]
"""Who runs the Redis: Upstash, or Render's Key Value."""


@dataclass(frozen=True, slots=True)
class Rented:
    """Instances of one service, on a compute plan by its name."""

    plan: str
    instances: int = 1


@dataclass(frozen=True, slots=True)
class Setup:
    """Services of a project; None for what is left out.

    `redis_plan` is a plan of whoever runs the Redis, `workspace` one of Render's workspace plans.
    """

    name: str
    web: Rented | None
    worker: Rented
    flower: Rented | None = None
    redis: Redis = "upstash"
    redis_plan: str = "free"
    workspace: str = "hobby"


MINIMUM: Final = Setup("minimum", Rented("starter"), Rented("starter"))
RECOMMENDED: Final = Setup("recommended", Rented("starter"), Rented("standard"))
HIGH_VOLUME: Final = Setup("high volume", Rented("standard"), Rented("standard"), Rented("starter"))

SETUPS: Final = (MINIMUM, RECOMMENDED, HIGH_VOLUME)
"""From the least to the most. Their Redis is the free one of Upstash, their workspace Hobby."""
