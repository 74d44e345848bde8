"""Rows that no worker printed: what the session says at a place in a log."""

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Stands before the line with this number: a restart, a stop, the end of a process."""

    line: int
    at: datetime | None = field(compare=False)
    text: str = field(compare=False)


class Notes:
    """The notes of one document, in order."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def add(self, note: Note) -> None:
        """Add one, behind those at the same line."""
        insort(self._notes, note)

    def between(self, after: int, upto: int) -> tuple[Note, ...]:
        """The notes at lines `after + 1` to `upto`."""
        low = bisect_right(self._notes, after, key=lambda note: note.line)
        high = bisect_right(self._notes, upto, key=lambda note: note.line)
        return tuple(self._notes[low:high])

    def drop(self, first: int) -> None:
        """Forget what stands before a line that is no longer held."""
        del self._notes[: bisect_right(self._notes, first - 1, key=lambda note: note.line)]

    def __len__(self) -> int:
        return len(self._notes)
