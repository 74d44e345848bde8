"""Reads level, time and task of a line, for those lines that someone looks at."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

# worker_log_format and worker_task_log_format, celery/app/defaults.py (5.7):
#   [%(asctime)s: %(levelname)s/%(processName)s] %(message)s
#   [%(asctime)s: %(levelname)s/%(processName)s] %(task_name)s[%(task_id)s]: %(message)s
# and what the worker itself says of a task: `Task NAME[ID] received` (celery/app/trace.py).
_HEADER: Final = re.compile(
    r"(?:\x1b\[[\d;]*m)*\[(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}): "
    r"(?P<level>[A-Z]+)/(?P<process>[^\]]+)\] ?"
    r"(?P<message>(?:(?P<task>Task )?(?P<name>[^\s\[\]]+)\[(?P<id>[^\s\]]+)\](?(task) |:))?.*)",
    re.DOTALL,
)
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
    level: str | None = None
    at: datetime | None = None
    process: str | None = None
    task_name: str | None = None
    task_id: str | None = None
    continues: bool = False


def parse(text: str, previous: Entry | None = None) -> Entry:
    """Read a line. Give the entry of the line before, should tracebacks be recognised."""
    header = _HEADER.match(text)
    if header:
        return Entry(
            message=header["message"],
            level=header["level"],
            at=datetime.fromisoformat(header["at"].replace(",", ".")),
            process=header["process"],
            task_name=header["name"],
            task_id=header["id"],
        )
    if previous and previous.level and _goes_on(text, previous):
        return replace(previous, message=text, continues=True)
    return Entry(text)


def _goes_on(text: str, previous: Entry) -> bool:
    if not text:
        return previous.continues
    if previous.continues and previous.message.startswith(" "):
        return bool(_TRACEBACK.match(text) or _LAST_OF_TRACEBACK.match(text))
    return bool(_TRACEBACK.match(text))
