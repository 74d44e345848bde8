"""Lines of the logs on Render, and how they are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, Self

from core.render.api.call import Params
from core.render.api.lenient import Json, flag, moment, tables, text

MOST_LINES: Final = 100
"""What one request may ask for."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line. `type` is app, build or request; `resource` and `instance` are ids."""

    id: str
    at: datetime | None
    message: str
    resource: str
    instance: str
    level: str
    type: str

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON; its labels are a list of names and values."""
        pairs = tables(of.get("labels"))
        labels = {text(each, "name"): text(each, "value") for each in pairs}
        return cls(
            text(of, "id"),
            moment(of, "timestamp"),
            text(of, "message"),
            *(labels.get(name, "") for name in ("resource", "instance", "level", "type")),
        )


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines, the oldest first, and the times to ask for more with; None when there are no more."""

    lines: tuple[LogLine, ...]
    next_start: datetime | None
    next_end: datetime | None

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON, whatever its order."""
        lines = (LogLine.read(each) for each in tables(of.get("logs")))
        more = flag(of, "hasMore")
        return cls(
            in_order(lines),
            moment(of, "nextStartTime") if more else None,
            moment(of, "nextEndTime") if more else None,
        )


def in_order(lines: Iterable[LogLine]) -> tuple[LogLine, ...]:
    """By time; lines of one time stay as they came, and those without one come first."""
    never = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(lines, key=lambda line: line.at or never))


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which lines. All `resources` are of one owner, in one region; that is Render's rule.

    `text` may have Render's wildcards. `types` and `levels`: any of them, all when empty.
    """

    owner: str
    resources: tuple[str, ...]
    text: str = ""
    types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def params(
        self,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        direction: Literal["forward", "backward"] | None = None,
        limit: int | None = None,
    ) -> Params:
        """As Render takes it: lists are repeated, times are RFC 3339."""
        return {
            "ownerId": self.owner,
            "startTime": None if start is None else stamp(start),
            "endTime": None if end is None else stamp(end),
            "direction": direction,
            "resource": self.resources,
            "level": self.levels,
            "type": self.types,
            "text": (self.text,) if self.text else (),
            "limit": limit,
        }


def stamp(at: datetime) -> str:
    """A time in UTC, with microseconds: `2026-11-01T10:00:00.000000Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
