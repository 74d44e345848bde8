"""How fast Render lets itself be asked: a bucket of tokens for each class of request.

Limits of https://api-docs.render.com/reference/rate-limiting. Each answer has `Ratelimit-Limit`,
`Ratelimit-Remaining` and `Ratelimit-Reset` (seconds since 1970, by Render's clock); `Retry-After`
is honoured too. Ours may be wrong, so times are taken from the answer's own `Date`.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

from core.errors import FAILED, FleetError

PATIENCE_S: Final = 90.0
"""Whoever would have to wait longer is told so at once."""


class Kind(StrEnum):
    """A class of requests that Render counts by itself; the words are for people."""

    GET = "reading requests"
    WRITE = "changing requests"
    DEPLOY = "deploys of one service"
    SERVICE = "new or changed services"
    LOGS = "requests for logs"


LIMITS: Final[Mapping[Kind, tuple[int, float]]] = {
    Kind.GET: (400, 60),
    Kind.WRITE: (30, 60),
    Kind.DEPLOY: (10, 60),
    Kind.SERVICE: (20, 3600),
    Kind.LOGS: (30, 60),
}
"""So many, in so many seconds."""

_DEPLOY: Final = re.compile(r"/services/([^/]+)/(?:deploys|rollback)$")
_SERVICE: Final = re.compile(r"/services(?:/[^/]+)?$")

Name = tuple[Kind, str]


def buckets_of(method: str, path: str) -> tuple[Name, ...]:
    """The buckets that a request takes from, the narrowest first; deploys count by service."""
    if method == "GET":
        is_logs = path.startswith("/logs")
        return ((Kind.LOGS, ""), (Kind.GET, "")) if is_logs else ((Kind.GET, ""),)
    every = (Kind.WRITE, "")
    if method == "POST" and (deploy := _DEPLOY.match(path)):
        return (Kind.DEPLOY, deploy[1]), every
    if method in ("POST", "PATCH") and _SERVICE.match(path):
        return (Kind.SERVICE, ""), every
    return (every,)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Tokens at a moment (seconds of a monotonic clock). Fewer than none: others wait already."""

    most: int
    per_s: float
    tokens: float
    at: float
    closed_until: float = 0.0

    def take(self, now: float) -> "tuple[Bucket, float]":
        """Take a token; it may be used after so many seconds."""
        tokens = min(self.most, self.tokens + (now - self.at) * self.most / self.per_s) - 1
        wait_s = max(0.0, -tokens * self.per_s / self.most, self.closed_until - now)
        return replace(self, tokens=tokens, at=now), wait_s


def full(kind: Kind, now: float) -> Bucket:
    """The bucket that nobody took from yet."""
    most, per_s = LIMITS[kind]
    return Bucket(most, per_s, most, now)


def closed_s(headers: Mapping[str, str], now: float) -> float:
    """For how many seconds an answer says that no more is wanted; zero when it does not.

    `now` is in seconds since 1970, used where the answer has no `Date`. Names of headers are in
    small letters, or found whatever their case.
    """
    told = _number(headers.get("retry-after"))
    if told is not None:
        return max(0.0, told)
    left, reset = (_number(headers.get(f"ratelimit-{name}")) for name in ("remaining", "reset"))
    if left is None or left > 0 or reset is None:
        return 0.0
    with suppress(ValueError):
        now = parsedate_to_datetime(headers.get("date", "")).timestamp()
    return max(0.0, reset - now)


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:  # a date, which RFC 9110 allows; the limits of above then hold
        return None


class Pace:
    """The buckets of one key. `on_wait` hears of each wait that a person would notice."""

    def __init__(
        self,
        on_wait: Callable[[str], None] = lambda text: None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._on_wait = on_wait
        self._clock = clock
        self._sleep = sleep
        self._buckets: dict[Name, Bucket] = {}

    async def admit(self, method: str, path: str) -> None:
        """Wait for a request's turn. Raises FleetError where that is longer than `PATIENCE_S`."""
        now = self._clock()
        taken = {name: self._bucket(name, now).take(now) for name in buckets_of(method, path)}
        (kind, _), wait_s = max(
            ((name, wait_s) for name, (_, wait_s) in taken.items()), key=lambda each: each[1]
        )
        if wait_s > PATIENCE_S:
            raise _too_many(kind, wait_s)
        self._buckets |= {name: bucket for name, (bucket, _) in taken.items()}
        if wait_s > 0:
            if wait_s >= 1:
                self._on_wait(f"Render limits {kind}: waiting {wait_s:.0f} s")
            await self._sleep(wait_s)

    def heed(self, method: str, path: str, seconds: float) -> None:
        """Render wants no more of these for so long."""
        now = self._clock()
        name = buckets_of(method, path)[0]
        bucket = self._bucket(name, now)
        until = max(bucket.closed_until, now + seconds)
        self._buckets[name] = replace(bucket, closed_until=until)

    def _bucket(self, name: Name, now: float) -> Bucket:
        return self._buckets.get(name) or full(name[0], now)


def _too_many(kind: Kind, wait_s: float) -> FleetError:
    most, per_s = LIMITS[kind]
    return FleetError(
        f"Render takes no more {kind} for now",
        f"it allows {most} in {per_s / 60:.0f} min, and the next one has its turn in "
        f"{wait_s / 60:.0f} min",
        "Nothing was sent. Try again after that time.",
        exit_code=FAILED,
    )
