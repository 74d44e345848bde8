"""The lines of several workers as one log, in order of time.

What comes is put into segments of some hundred lines, as it came. A segment is put in order when
somebody looks at it, by what its lines say of their time; so lines of different workers can be in
the wrong order only where two segments meet, and what nobody looks at costs nothing.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.logs.entry import parse
from core.logs.level import Level
from core.logs.marks import CONTINUES, LEVEL
from core.logs.store import LogStore
from desktop.logpane.ansi import read
from desktop.logpane.source import TROUBLE, Line, lost_words, message, store_lines, store_marks

SEGMENT: Final = 512
_ORDERED: Final = 32
"""Segments whose order is remembered."""


@dataclass(slots=True)
class _Segment:
    """From place `start` on, by worker: the numbers of its first line and one beyond its last."""

    start: int
    parts: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])

    @property
    def count(self) -> int:
        return sum(end - first for first, end in self.parts.values())


@dataclass(frozen=True, slots=True)
class _Order:
    """Worker and number of each line of a segment, and their marks."""

    lines: tuple[tuple[int, int], ...]
    marks: bytes


class MergedSource:
    """Several stores as one source. A place is the number of a line in the merged log.

    A segment goes when one of its stores has dropped a line of it: before that, the logs would
    not be whole. What the other workers printed then is still in their own logs.
    """

    def __init__(self, stores: Sequence[LogStore], names: Sequence[str]) -> None:
        self._stores = list(stores)
        self._names = list(names)
        self._segments = [_Segment(0)]
        self._orders: dict[int, _Order] = {}
        self._taken = [store.first for store in stores]
        self._changed = 0
        self.grow()

    def add(self, store: LogStore, name: str) -> None:
        """Take in another worker, whose lines so far stand where they fit among the next ones."""
        self._stores.append(store)
        self._names.append(name)
        self._taken.append(store.first)

    @property
    def first(self) -> int:
        """The oldest line that is held."""
        return self._segments[0].start

    @property
    def end(self) -> int:
        """One beyond the newest line."""
        return self._segments[-1].start + self._segments[-1].count

    def grow(self) -> int:
        """Take in what came; lines that came shortly before may stand in another order."""
        self.take()
        changed, self._changed = self._changed, self.end
        return max(changed, self.first)

    def take(self) -> None:
        """Take in what came, to be told at the next `grow`.

        To be called as often as lines come, also when nobody looks: that keeps them in order.
        """
        came = [
            (max(taken, store.first), store.end)
            for taken, store in zip(self._taken, self._stores, strict=True)
        ]
        self._taken = [store.end for store in self._stores]
        if total := sum(end - first for first, end in came):
            last = self._segments[-1]
            join = last.count < SEGMENT and self._joins(last, came)
            if join:
                self._changed = min(self._changed, last.start)
                self._orders.pop(last.start, None)
            self._add(came, max(1, total // SEGMENT), join)
        self._drop()

    def _joins(self, segment: _Segment, came: Sequence[tuple[int, int]]) -> bool:
        """Whether what came follows what is there, worker by worker."""
        return all(
            worker not in segment.parts or segment.parts[worker][1] == first
            for worker, (first, _) in enumerate(came)
        )

    def _add(self, came: Sequence[tuple[int, int]], pieces: int, join: bool) -> None:
        for piece in range(pieces):
            if piece or not join:
                self._segments.append(_Segment(self.end))
            parts = self._segments[-1].parts
            for worker, (first, end) in enumerate(came):
                count = end - first
                begin, stop = (first + count * each // pieces for each in (piece, piece + 1))
                if stop > begin:
                    parts[worker] = (parts.get(worker, (begin, begin))[0], stop)

    def _drop(self) -> None:
        while len(self._segments) > 1 and any(
            first < self._stores[worker].first
            for worker, (first, _) in self._segments[0].parts.items()
        ):
            self._orders.pop(self._segments.pop(0).start, None)

    def marks(self, start: int, end: int) -> bytes:
        """A mark for each of these lines."""
        return b"".join(
            self._order(segment).marks[max(0, start - segment.start) : end - segment.start]
            for segment in self._between(start, end)
        )

    def lines(self, start: int, end: int) -> list[Line]:
        """These lines, read."""
        marks = self.marks(start, end)
        return [
            Line(line.message, line.inks, line.level, line.at, bool(mark & CONTINUES), worker)
            for (worker, number), mark in zip(self._numbers(start, end), marks, strict=True)
            for line in store_lines(self._stores[worker], number, number + 1, worker) or [_GONE]
        ]

    def quiet(self, start: int, end: int) -> bool:
        """Whether none of these lines, and of those around them, is an error or a warning."""
        return not any(
            TROUBLE.search(store_marks(store, max(first, store.first), stop))
            for segment in self._between(start, end)
            for worker, (first, stop) in segment.parts.items()
            if stop > (store := self._stores[worker]).first
        )

    def place(self, worker: int, number: int) -> int | None:
        """Where a line of a worker stands; None when it is not held here."""
        for segment in reversed(self._segments):
            first, end = segment.parts.get(worker, (0, 0))
            if first <= number < end:
                return segment.start + self._order(segment).lines.index((worker, number))
        return None

    def workers(self, start: int, end: int) -> Sequence[int]:
        """The worker of each of these lines."""
        return [worker for worker, _ in self._numbers(start, end)]

    def messages(self, start: int, end: int) -> list[str]:
        """What is searched of these lines."""
        return [message(text) for _, text in self._raw(start, end)]

    def texts(self, start: int, end: int) -> list[str]:
        """These lines as they were printed, each with its worker's name before it."""
        wide = max(map(len, self._names), default=0)
        return [
            f"{self._names[worker].ljust(wide)}  {read(text)[0]}"
            for worker, text in self._raw(start, end)
        ]

    def lost(self) -> str:
        """What to say of the lines that are no longer held."""
        dropped = [store.dropped for store in self._stores]
        if self.first == 0 or not any(dropped):
            return ""
        most = max(range(len(dropped)), key=dropped.__getitem__)
        return lost_words(dropped[most], f"{self._names[most]}.log", self._names[most])

    def _raw(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        for worker, number in self._numbers(start, end):
            store = self._stores[worker]
            yield worker, store.text(number) if number >= store.first else ""

    def _numbers(self, start: int, end: int) -> list[tuple[int, int]]:
        return [
            line
            for segment in self._between(start, end)
            for line in self._order(segment).lines[
                max(0, start - segment.start) : end - segment.start
            ]
        ]

    def _between(self, start: int, end: int) -> Iterator[_Segment]:
        index = bisect_right(self._segments, start, key=lambda segment: segment.start) - 1
        for segment in self._segments[max(0, index) :]:
            if segment.start >= end:
                return
            yield segment

    def _order(self, segment: _Segment) -> _Order:
        known = self._orders.get(segment.start)
        if known is None:
            known = self._put_in_order(segment)
            if len(self._orders) >= _ORDERED:
                self._orders.pop(next(iter(self._orders)))
            self._orders[segment.start] = known
        return known

    def _put_in_order(self, segment: _Segment) -> _Order:
        records: list[tuple[str, int, int, bytes]] = []
        for worker, (first, end) in segment.parts.items():
            records += self._records(worker, max(first, self._stores[worker].first), end)
        records.sort(key=lambda record: record[:3])
        lines: list[tuple[int, int]] = []
        marks = bytearray()
        for _, worker, number, own in records:
            # the record that these lines go on with is in the segment before, if not beside
            beside = bool(lines) and lines[-1] == (worker, number - 1)
            marks += own if beside or own[0] < CONTINUES else bytes([own[0] & LEVEL]) + own[1:]
            lines += ((worker, number + each) for each in range(len(own)))
        missing = segment.count - len(lines)
        return _Order((*[(0, -1)] * missing, *lines), bytes(missing) + bytes(marks))

    def _records(self, worker: int, first: int, end: int) -> Iterator[tuple[str, int, int, bytes]]:
        """Time, worker, first number and marks of each record."""
        store, time = self._stores[worker], ""
        marks = store_marks(store, first, end)
        begins = [n for n, mark in enumerate(marks) if mark < CONTINUES or n == 0]
        texts = store.slice(first, end)
        for begin, stop in zip(begins, [*begins[1:], len(marks)], strict=True):
            time = time_key(texts[begin]) or time
            yield time, worker, first + begin, marks[begin:stop]


_GONE: Final = Line("", (), Level.OTHER, None, False)


def time_key(text: str) -> str:
    """The time of a line as text that sorts; empty when it tells none."""
    if text[24:26] == ": " and text.startswith("["):
        return text[1:24]
    at = parse(text).at
    return f"{at:%Y-%m-%d %H:%M:%S},{at.microsecond // 1000:03}" if at else ""
