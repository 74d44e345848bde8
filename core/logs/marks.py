"""Says of each line which level it has and whether it begins a record: one byte a line.

Made while lines come in, for level counts, and kept beside them: who searches by level, or wants
the traceback below a line, looks at no text. A line of Celery's own format costs a slice and a
look into a table; any other line is read with the formats of `formats`.
"""

from typing import Final

from core.logs.entry import goes_on
from core.logs.formats import level_of
from core.logs.level import Level

CONTINUES: Final = 8
"""Added to the level in the mark of a line that belongs to the record above it."""
LEVEL: Final = 7
"""The bits of a mark that are its level."""

# [2026-11-25 20:59:42,342: INFO/MainProcess]: the level of Celery's format has a fixed place
_START, _END = 24, 31
_FIXED: Final = {
    f": {level.name}/".encode()[: _END - _START]: int(level) for level in Level if level
}


class Marker:
    """Marks the lines of one log, block after block, since a traceback may go on in the next."""

    def __init__(self) -> None:
        self._last = 0
        self._line = b""

    def mark(self, block: bytes) -> bytes:
        """Give a mark for each line of a block, of which the last ends with a newline too."""
        fixed = _FIXED.get
        lines = block.split(b"\n")
        lines.pop()
        marks = bytearray([fixed(line[_START:_END], 0) for line in lines])
        index = marks.find(0)
        while index >= 0:
            before = (marks[index - 1], lines[index - 1]) if index else (self._last, self._line)
            marks[index] = _read(lines[index], *before)
            index = marks.find(0, index + 1)
        if lines:
            self._last, self._line = marks[-1], lines[-1]
        return bytes(marks)


def _read(line: bytes, last: int, before: bytes) -> int:
    text = line.decode("utf-8", "replace")
    if (level := level_of(text)) is not None:
        return level
    start = before[:1].decode("utf-8", "replace")
    if last and goes_on(text, start, bool(last & CONTINUES)):
        return last | CONTINUES
    return Level.OTHER
