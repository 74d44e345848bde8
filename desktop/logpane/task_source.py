"""The lines of one task, whichever workers printed them, in order of time."""

from collections.abc import Sequence
from typing import Final

from core.logs.filter import LogFilter
from core.logs.level import Level
from core.logs.marks import CONTINUES, LEVEL
from core.logs.query import Query
from core.logs.search import SLICE_S
from core.logs.store import LogStore
from desktop.logpane.ansi import read
from desktop.logpane.merged import time_key
from desktop.logpane.source import (
    TROUBLE,
    Line,
    message,
    store_lines,
    store_marks,
)
from desktop.widgets.grouped import grouped

MOST: Final = 5_000
"""Lines that are shown, the newest ones."""
_GONE: Final = Line("", (), Level.OTHER, None, False)
_Place = tuple[str, int, int]
"""Time, worker, number."""


class TaskSource:
    """What `core.logs.task_lines` takes for the lines of a task, from several stores.

    `search` looks for them, a slice at a time; `grow` takes in what was found. A place is how many
    lines stand before it: what was only likely may be taken back, and then all behind it move.
    """

    def __init__(
        self, stores: Sequence[LogStore], names: Sequence[str], task: str, *, solo: bool
    ) -> None:
        self._stores = stores
        self._names = names
        self._filters = [LogFilter(store, Query(task=task), solo=solo) for store in stores]
        self._known: list[tuple[tuple[int, ...], list[_Place]]] = [((), []) for _ in stores]
        self._places: list[_Place] = []
        self._marks = b""
        self._left_out = 0

    def search(self, budget_s: float = SLICE_S) -> bool:
        """Look for lines for about so long; whether all were looked at."""
        share = budget_s / max(1, len(self._filters))
        return all([each.update(share) for each in self._filters])

    @property
    def first(self) -> int:
        """The first one."""
        return 0

    @property
    def end(self) -> int:
        """One beyond the last one."""
        return len(self._places)

    def grow(self) -> int:
        """Take in what was found; the first place where another line stands than before."""
        before = self._places
        self._places = self._in_order()
        same = min(len(before), len(self._places))
        changed = next((n for n in range(same) if before[n] != self._places[n]), same)
        self._marks = self._marks[:changed] + self._marks_from(changed)
        return changed

    def marks(self, start: int, end: int) -> bytes:
        """A mark for each of these lines."""
        return self._marks[start:end]

    def quiet(self, start: int, end: int) -> bool:
        """Whether none of these lines begins an error or a warning."""
        return TROUBLE.search(self._marks, start, end) is None

    def workers(self, start: int, end: int) -> Sequence[int]:
        """The worker of each of these lines."""
        return [worker for _, worker, _ in self._places[start:end]]

    def lines(self, start: int, end: int) -> list[Line]:
        """These lines, read."""
        return [
            Line(line.message, line.inks, line.level, line.at, bool(mark & CONTINUES), worker)
            for (_, worker, number), mark in zip(
                self._places[start:end], self._marks[start:end], strict=True
            )
            for line in store_lines(self._stores[worker], number, number + 1, worker) or [_GONE]
        ]

    def messages(self, start: int, end: int) -> list[str]:
        """What is searched of these lines."""
        return [message(self._text(place)) for place in self._places[start:end]]

    def texts(self, start: int, end: int) -> list[str]:
        """These lines as they were printed, each with its worker's name before it."""
        wide = max(map(len, self._names), default=0)
        return [
            f"{self._names[place[1]].ljust(wide)}  {read(self._text(place))[0]}"
            for place in self._places[start:end]
        ]

    def lost(self) -> str:
        """What to say of the lines that are not shown."""
        if not self._left_out:
            return ""
        return f"{grouped(self._left_out)} earlier lines of this task are not shown here"

    def _text(self, place: _Place) -> str:
        _, worker, number = place
        store = self._stores[worker]
        return store.text(number) if number >= store.first else ""

    def _in_order(self) -> list[_Place]:
        found = [self._of(worker) for worker in range(len(self._stores))]
        places = sorted(place for of_one in found for place in of_one)
        total = sum(len(each) for each in self._filters)
        self._left_out = max(0, total - MOST)
        return places[-MOST:]

    def _of(self, worker: int) -> list[_Place]:
        """The newest lines of one worker; they are read only when they are others."""
        found = self._filters[worker]
        numbers = found.slice(max(0, len(found) - MOST), len(found))
        state = (len(found), *numbers[:1], *numbers[-1:])
        if self._known[worker][0] == state:
            return self._known[worker][1]
        times = {number: time for time, _, number in self._known[worker][1]}
        places: list[_Place] = []
        time = ""
        for number in numbers:
            if (known := times.get(number)) is not None:
                time = known
            else:
                time = time_key(self._text(("", worker, number))) or time
            places.append((time, worker, number))
        self._known[worker] = (state, places)
        return places

    def _marks_from(self, start: int) -> bytes:
        marks = bytearray()
        for place in range(start, len(self._places)):
            _, worker, number = self._places[place]
            store = self._stores[worker]
            mark = store_marks(store, number, number + 1)[0] if number >= store.first else 0
            # the record that this line goes on with may be none of the task's, or stand elsewhere
            beside = place > 0 and self._places[place - 1][1:] == (worker, number - 1)
            marks.append(mark if beside else mark & LEVEL)
        return bytes(marks)
