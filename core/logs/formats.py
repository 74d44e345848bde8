"""What stands before the message of a record, in the formats that people give their logs.

Celery's own comes first; the others are what `worker_log_format`, `logging.basicConfig`, Django's
and Flask's guides, loguru, structlog, rich, logfmt and JSON loggers make of a record. What looks
like none of them has no level, which is better than a wrong one: a word in capitals is a level
only where a format puts it.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from core.logs.level import LEVELS, Level, level_named


@dataclass(frozen=True, slots=True)
class Header:
    """What a record says of itself; `at` is local time without zone, None where it says none."""

    message: str
    level: Level
    at: datetime | None = None
    process: str | None = None
    task_name: str | None = None
    task_id: str | None = None


# worker_log_format and worker_task_log_format, celery/app/defaults.py (5.7):
#   [%(asctime)s: %(levelname)s/%(processName)s] %(message)s
#   [%(asctime)s: %(levelname)s/%(processName)s] %(task_name)s[%(task_id)s]: %(message)s
_CELERY: Final = re.compile(
    r"\[(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}): (?P<level>[A-Z]+)/(?P<process>[^\]]+)\] ?"
)
# What the worker says of a task, `Task NAME[ID] received` (celery/app/trace.py), or the above.
_TASK: Final = re.compile(r"(?:(Task )?(?P<name>[^\s\[\]]+)\[(?P<id>[^\s\]]+)\](?(1) |:))")

_WORD: Final = "|".join(LEVELS)
_NAME: Final = rf"(?P<level>{_WORD})(?=[\s:|/\])>-]|$)"
_IN_BRACKETS: Final = rf"\[\s*(?P<boxed>(?i:{_WORD}))\s*[\]/]"
_TIME: Final = (
    r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d)(?!\d))?"
)
_CLOCK: Final = r"(?:\d\d?[/.]\d\d?[/.]\d\d(?:\d\d)? )?\d\d:\d\d:\d\d(?:[.,]\d+)?"  # day unknown
_FIELD: Final = r"(?:\[[^\]]*\]\s*|\d+\s+|[^\s|]+\s*(?:\||\s-)\s*)"  # a logger, process, line
_LOGGER: Final = r"(?:root|celery|__main__|\w+(?:\.\w+)+)"  # any other word may be the message's
_TIMED: Final = re.compile(
    rf"[\[(]?(?:(?P<at>{_TIME})|{_CLOCK})[\])]?[\s|:,-]*"
    rf"(?:(?:{_FIELD}{{0,3}}?|{_LOGGER}:?\s+)(?:{_IN_BRACKETS}|[(<]?{_NAME})|(?P<none>))[\s:|\])>-]*"
)
_UNTIMED: Final = re.compile(
    rf"(?:{_IN_BRACKETS}|(?P<level>{_WORD})"
    rf"(?::(?=\s|$|[\w.]+:)|\s*\||\s+(?=\[[\w.]+\])|\s+\[?(?P<at>{_TIME})\]?))[\s:|\]>-]*"
)
_LOGFMT: Final = re.compile(
    rf'(?:(?:ts|time|timestamp)="?(?P<at>{_TIME})"?\s+|\w+=(?:"[^"]*"|\S*)\s+){{0,3}}?'
    rf'(?:level|levelname|lvl|severity)="?(?P<boxed>(?i:{_WORD}))"?(?:\s+|$)'
)
_OTHERS: Final = (_TIMED, _UNTIMED, _LOGFMT)
_HEAD: Final = 256  # characters within which a header ends

_COLOURS: Final = re.compile(r"\x1b\[[\d;]*m")
_ESCAPE: Final = "\x1b"

_LEVEL_KEYS: Final = ("level", "levelname", "severity", "log_level", "lvl")
_TIME_KEYS: Final = ("timestamp", "asctime", "time", "@timestamp", "ts", "created")
_MESSAGE_KEYS: Final = ("message", "msg", "event", "text")


def level_of(text: str) -> Level | None:
    """The level of the record that a line begins; None when it begins none."""
    text = _plain(text)
    if found := _CELERY.match(text):
        return level_named(found["level"])
    if text.startswith("{"):
        return header.level if (header := _read_json(text)) else None
    if found := _other(text):
        return _level_in(found)
    return None


def read_header(text: str) -> Header | None:
    """Read the line that begins a record; None for every other line."""
    text = _plain(text)
    if found := _CELERY.match(text):
        at = _time(found["at"])
        message, process = text[found.end() :], found["process"]
        return Header(message, level_named(found["level"]), at, process, *_task(message))
    if text.startswith("{"):
        return _read_json(text)
    if found := _other(text):
        message = text[found.end() :]
        return Header(message, _level_in(found), _time(found["at"]), None, *_task(message))
    return None


def _plain(text: str) -> str:
    """Without colours, which may stand anywhere in a header."""
    return _COLOURS.sub("", text) if _ESCAPE in text else text


def _other(text: str) -> re.Match[str] | None:
    head = text[:_HEAD]
    for pattern in _OTHERS:
        if found := pattern.match(head):
            return found
    return None


def _level_in(found: re.Match[str]) -> Level:
    groups = found.groupdict()
    return level_named(groups.get("level") or groups.get("boxed") or "")


def _task(message: str) -> tuple[str | None, str | None]:
    found = _TASK.match(message)
    return (found["name"], found["id"]) if found else (None, None)


def _time(text: object) -> datetime | None:
    """Local time without zone, as Celery's own format has it."""
    try:
        if isinstance(text, int | float):
            return datetime.fromtimestamp(text)
        at = datetime.fromisoformat(str(text).replace("/", "-").replace(" +", "+"))
        return at.astimezone().replace(tzinfo=None) if at.tzinfo else at
    except (ValueError, OverflowError, OSError):  # the last on Windows, for times before 1970
        return None


def _read_json(text: str) -> Header | None:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    record = cast("dict[str, Any]", fields)  # whatever the user's logger puts there
    record = {**record, **_loguru(record)}
    level = _first(record, _LEVEL_KEYS)
    if not isinstance(level, str):  # numbers mean different things to different loggers
        return None
    message = _first(record, _MESSAGE_KEYS)
    name, id = record.get("task_name"), record.get("task_id")
    return Header(
        message if isinstance(message, str) else text,
        level_named(level),
        _time(_first(record, _TIME_KEYS)),
        task_name=name if isinstance(name, str) else None,
        task_id=id if isinstance(id, str) else None,
    )


def _loguru(fields: dict[str, Any]) -> dict[str, Any]:
    """What `serialize=True` puts a step deeper (loguru 0.7, _handler.py)."""
    try:
        record = fields["record"]
        time, level = record["time"]["timestamp"], record["level"]["name"]
        return {"message": record["message"], "time": time, "level": level}
    except (KeyError, TypeError):
        return {}


def _first(record: dict[str, Any], keys: tuple[str, ...]) -> object:
    return next((record[key] for key in keys if key in record), None)
