"""Which lines of a source are one record, and which of them are shown.

A record is a line that begins one and those that go on with it: a traceback. Folded, it shows its
first line, the innermost place and the last line, which says what went wrong.
"""

import re
from typing import Final

from core.logs.marks import CONTINUES
from desktop.logpane.source import Source

MOST: Final = 20_000
"""Lines of one record that are looked at; what is beyond counts as a record of its own."""

_STEP: Final = 128
_BEGINS: Final = re.compile(rb"[\x00-\x07]")
_PLACE: Final = '  File "'
_WITHOUT_FOLD: Final = 3


class Records:
    """Finds records around a line. Records that may still grow are never remembered."""

    def __init__(self, source: Source) -> None:
        self.unfolded: set[int] = set()
        self._source = source
        self._shown: dict[int, tuple[int, ...]] = {}

    def forget(self, start: int) -> None:
        """Lines from here on may be others than before, or gone when `start` is the first."""
        if self._shown and max(self._shown) >= start:
            self._shown = {each: shown for each, shown in self._shown.items() if each < start}

    def start(self, line: int) -> int:
        """The first line of the record that a line belongs to."""
        least = max(self._source.first, line - MOST)
        end = line + 1
        while end > least:
            begin = max(least, end - _STEP if end <= line else line)
            marks = self._source.marks(begin, end)
            for index in range(len(marks) - 1, -1, -1):
                if marks[index] < CONTINUES:
                    return begin + index
            end = begin
        return least

    def end(self, line: int) -> int:
        """One beyond the last line of the record that a line belongs to."""
        begin = line + 1
        most = min(self._source.end, line + MOST)
        step = 1
        while begin < most:
            marks = self._source.marks(begin, min(begin + step, most))
            if found := _BEGINS.search(marks):
                return begin + found.start()
            begin, step = begin + len(marks), _STEP
        return most

    def shown(self, start: int) -> tuple[int, ...]:
        """The lines of the record that begins here which are shown, in order."""
        if (known := self._shown.get(start)) is not None:
            return known
        end = self.end(start)
        count = end - start
        if count <= _WITHOUT_FOLD or start in self.unfolded:
            shown = tuple(range(start, end))
        else:
            shown = self._folded(start, end)
        if end < self._source.end and count > 1:
            if len(self._shown) > 512:
                self._shown.clear()
            self._shown[start] = shown
        return shown

    def foldable(self, start: int) -> bool:
        """Whether the record that begins here can be folded."""
        return self.end(start) - start > _WITHOUT_FOLD

    def toggle(self, start: int) -> None:
        """Fold the record that begins here, or unfold it."""
        self.unfolded ^= {start}
        self._shown.pop(start, None)

    def _folded(self, start: int, end: int) -> tuple[int, ...]:
        lines = self._source.lines(start + 1, end)
        last = next((n for n in range(len(lines) - 1, 0, -1) if lines[n].message.strip()), 0)
        places = (n for n in range(last - 1, -1, -1) if lines[n].message.startswith(_PLACE))
        place = next(places, None)
        kept = [last] if place is None else [place, last]
        return (start, *(start + 1 + each for each in kept))
