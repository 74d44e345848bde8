"""Places in a line that lead somewhere: the id of a task, a line of a source file."""

import re
from dataclasses import dataclass
from typing import Final

SHORT: Final = 8
SHORTEST: Final = 4

_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_LINK: Final = re.compile(rf'\b(?P<task>{_UUID})\b|(?<=File )"(?P<path>[^"]+)", line (?P<line>\d+)')


@dataclass(frozen=True, slots=True)
class TaskLink:
    """The columns `start` to `end - 1` are the id of a task."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """The columns `start` to `end - 1` name a line of a source file, counted from 1."""

    start: int
    end: int
    path: str
    line: int


Link = TaskLink | PlaceLink


def links(text: str) -> tuple[Link, ...]:
    """Every link of a line, from left to right."""
    return tuple(
        TaskLink(*found.span(), found["task"])
        if found["task"]
        else PlaceLink(*found.span(), found["path"], int(found["line"]))
        for found in _LINK.finditer(text)
    )
