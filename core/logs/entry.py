"""Reads level, time and task of a line, for those lines that someone looks at."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.logs.formats import read_header
from core.logs.level import Level

_TRACEBACK: Final = re.compile(
    r"[ \t]|Traceback \(most recent call last\)|During handling of|The above exception"
)
_LAST_OF_TRACEBACK: Final = re.compile(r"[\w.]+(?::|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says of itself; None where it says nothing.

    `at` is the worker's local time, without zone, as Celery prints it. `continues` is set on
    lines of a traceback, which have level and task of the line that they follow.
    """

    message: str
    level: Level = Level.OTHER
    at: datetime | None = None
    process: str | None = None
    task_name: str | None = None
    task_id: str | None = None
    continues: bool = False


def parse(text: str, previous: Entry | None = None) -> Entry:
    """Read a line. Give the entry of the line before, should tracebacks be recognised."""
    if header := read_header(text):
        return Entry(
            header.message,
            header.level,
            header.at,
            header.process,
            header.task_name,
            header.task_id,
        )
    if previous and previous.level and goes_on(text, previous.message, previous.continues):
        return replace(previous, message=text, continues=True)
    return Entry(text)


def goes_on(text: str, before: str, continues: bool) -> bool:
    """Whether a line that begins no record belongs to the record before it.

    `before` is the line before, `continues` whether that goes on itself. An unindented line that
    looks like no part of a traceback does not: it could as well be somebody's print.
    """
    if not text:
        return continues
    if continues and before.startswith((" ", "\t")):
        return bool(_TRACEBACK.match(text) or _LAST_OF_TRACEBACK.match(text))
    return bool(_TRACEBACK.match(text))
