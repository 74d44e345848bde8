"""The lines of one worker's log that match a query, kept up to date."""

import time
from array import array
from bisect import bisect_left
from typing import Final

from core.logs.query import Matcher, Piece, Query
from core.logs.search import SLICE_S
from core.logs.store import LogStore
from core.logs.task_lines import TaskLines
from core.logs.times import between

_TRIM: Final = 10_000  # numbers of dropped lines that are put up with before they are deleted


class LogFilter:
    """Knows which lines of `store` match; call `update` when the store has grown.

    Lines are looked at once. What is held is bounded by what the store holds. Raises FleetError
    for a bad pattern. With `solo` the worker runs one task at a time: see `TaskLines`, whose
    likely lines may be taken back.
    """

    def __init__(self, store: LogStore, query: Query, *, solo: bool = True) -> None:
        self._store = store
        self._query = query
        self._matcher = Matcher(query)
        self._task = TaskLines(query.task, solo=solo) if query.task else None
        self._next = store.first
        self._numbers = array("q")
        self._gone = 0  # how many of the numbers are of lines no longer held

    @property
    def pending(self) -> int:
        """How many lines of the store were not looked at yet."""
        return self._store.end - max(self._next, self._store.first)

    def __len__(self) -> int:
        """How many lines match, of those that were looked at and are held."""
        return len(self._numbers) - self._gone

    def slice(self, start: int, end: int) -> list[int]:
        """The numbers of the matching lines `start` to `end - 1`, counted from the oldest one."""
        start, end = max(start, 0), max(end, 0)
        return list(self._numbers[self._gone + start : self._gone + end])

    def place(self, number: int) -> int:
        """How many matching lines stand before this line of the store."""
        return bisect_left(self._numbers, number, self._gone) - self._gone

    def update(self, budget_s: float = SLICE_S) -> bool:
        """Look at new lines for about so long; whether none is left. Dropped lines go first."""
        store, until = self._store, time.perf_counter() + budget_s
        start, end = between(store, self._query.since, self._query.until)
        self._next = min(max(self._next, start), store.end)
        for block in store.blocks[store.index(self._next) :]:
            for piece in self._matcher.pieces(block, self._next, end):
                self._look_at(piece)
                if time.perf_counter() >= until:
                    break
            else:
                continue
            break
        if self._next >= end:
            self._next = store.end
        self._forget()
        return not self.pending

    def _look_at(self, piece: Piece) -> None:
        self._next = piece.first + len(piece.marks)
        task = self._task
        if task is None:
            self._numbers.extend(piece.first + index for index in self._matcher.lines(piece))
        elif task.concerns(piece):
            task.feed(piece, self._store.runs, self._matcher.lines(piece))
            self._numbers = array("q", task.numbers)
            self._gone = 0

    def _forget(self) -> None:
        """Leave out the lines that the store dropped."""
        self._gone = bisect_left(self._numbers, self._store.first, self._gone)
        if self._gone >= _TRIM or (self._task and self._gone):
            del self._numbers[: self._gone]
            self._gone = 0
            if self._task:
                self._task.drop(self._store.first)
