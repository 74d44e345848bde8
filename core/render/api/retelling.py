"""Lines of Render's log as a worker here would have printed them: in the time of this machine.

So they stand beside local ones, in the order of their time. What a program printed stays as it is,
but for the header of Celery's own format, whose time is that of a container: UTC.
"""

import re
from datetime import datetime
from typing import Final

from core.logs.entry import goes_on
from core.logs.level import Level, level_named
from core.render.api.event import Event
from core.render.api.log_line import LogLine

_HEADER: Final = re.compile(r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}(: [A-Z]+/[^\]]+\])")
SOURCE: Final = "render"
"""Stands where Celery writes the name of a process."""


class Retelling:
    """Tells the lines of several instances, each with its own tracebacks."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[str, bool]] = {}

    def tell(self, line: LogLine) -> bytes:
        """The line, and its newline; several where the message has several."""
        first, *rest = line.message.split("\n") or [""]
        before, continues = self._last.get(line.instance, ("", False))
        continues = bool(first) and bool(before) and goes_on(first, before, continues)
        told = first if continues else self._headed(line, first)
        self._last[line.instance] = ((rest or [first])[-1], continues)
        return "".join(f"{each}\n" for each in (told, *rest)).encode("utf-8", "replace")

    def _headed(self, line: LogLine, text: str) -> str:
        if line.at is None:
            return text
        if (found := _HEADER.match(text)) is not None:
            return f"[{_clock(line.at)}{found[1]}{text[found.end() :]}"
        level = level_named(line.level) or Level.INFO
        return f"[{_clock(line.at)}: {level.name}/{_source(line)}] {text}"


def tell_event(event: Event) -> bytes:
    """What happened, as such a line."""
    level = Level.ERROR if event.failure else Level.INFO
    return say(event.at, str(event), level)


def say(at: datetime | None, text: str, level: Level = Level.INFO) -> bytes:
    """A line of our own among them; `at` is now where it is None."""
    moment = at or datetime.now().astimezone()
    return f"[{_clock(moment)}: {level.name}/{SOURCE}] {text}\n".encode()


def _clock(at: datetime) -> str:
    local = at.astimezone()
    return f"{local:%Y-%m-%d %H:%M:%S},{local.microsecond // 1000:03}"


def _source(line: LogLine) -> str:
    """The last part of the instance's id, which tells instances apart, or what else printed it."""
    own = line.instance.removeprefix(line.resource).strip("-")
    return own if own and line.type == "app" else line.type or SOURCE
