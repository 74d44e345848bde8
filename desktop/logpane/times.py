"""The ways in which the time of a line is shown."""

from datetime import datetime
from enum import StrEnum

from desktop.logpane.row import Row


class TimeFormat(StrEnum):
    """What a person may choose."""

    TIME = "time"
    MILLISECONDS = "time with milliseconds"
    RELATIVE = "since the line before"
    NONE = "no time"

    @property
    def width(self) -> int:
        """In columns, without the gap behind it."""
        return {"time": 8, "time with milliseconds": 12, "since the line before": 9}.get(self, 0)

    def text(self, at: datetime | None, before: datetime | None) -> str:
        """The time of a line; `before` is that of the line before it."""
        if at is None or self is TimeFormat.NONE:
            return ""
        clock = f"{at.hour:02}:{at.minute:02}:{at.second:02}"  # a third of what strftime takes
        if self is TimeFormat.TIME:
            return clock
        if self is TimeFormat.MILLISECONDS:
            return f"{clock}.{at.microsecond // 1000:03}"
        if before is None:
            return ""
        seconds = (at - before).total_seconds()
        if abs(seconds) < 1000:
            return f"{seconds:+.3f}".rjust(9)
        return f"{seconds / 3600:+.1f} h".rjust(9)


def note_text(row: Row) -> str:
    """What a note says, with its time before it."""
    return f"{row.at:%H:%M:%S}  {row.text}" if row.at else row.text
