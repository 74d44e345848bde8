"""How many lines a log got in each span of time, and how many of its records were grave.

Lines are looked at once, block after block, for a strip that shows a whole session. A line without
a time of its own counts to the record above it; a log that tells no time has no density.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.logs.formats import read_header
from core.logs.level import Level
from core.logs.marks import CONTINUES
from core.logs.search import SLICE_S
from core.logs.store import Block, LogStore
from core.logs.times import time_of

MOST: Final = 4096
"""Spans that are kept apart; beyond that, two neighbours become one."""
_SOME: Final = 500  # lines between two looks at the clock
_LOOK: Final = 50  # lines from the oldest one on in which a time is looked for
_EPOCH: Final = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """Lines of a span of time; `warnings` and `errors` are records that began in it."""

    lines: int = 0
    warnings: int = 0
    errors: int = 0

    def __add__(self, other: "Bar") -> "Bar":
        return Bar(
            self.lines + other.lines, self.warnings + other.warnings, self.errors + other.errors
        )


class Density:
    """That of one store; call `update` when it has grown. Times are local, without zone."""

    def __init__(self, store: LogStore) -> None:
        self._store = store
        self._next = store.first
        self._first = store.first
        self._width = 1
        """Of a span, in seconds; it doubles."""
        self._spans: dict[int, list[int]] = {}
        self._now: list[int] | None = None
        self._known: tuple[bytes, list[int] | None] = (b"", None)

    @property
    def width(self) -> timedelta:
        """That of a span: bars that are narrower show what several share."""
        return timedelta(seconds=self._width)

    def update(self, budget_s: float = SLICE_S) -> bool:
        """Look at new lines for about so long; whether none is left."""
        until = time.perf_counter() + budget_s
        self._forget()
        store = self._store
        self._next = max(self._next, store.first)
        for block in store.blocks[store.index(self._next) :]:
            for _ in self._look_at(block):
                if time.perf_counter() >= until:
                    return self._next >= store.end
        return True

    def ends(self) -> tuple[datetime, datetime] | None:
        """The time of the first span, and the end of the last one; None without any."""
        if not self._spans:
            return None
        return self._at(min(self._spans)), self._at(max(self._spans) + 1)

    def bars(self, since: datetime, until: datetime, count: int) -> list[Bar]:
        """So many bars of the same width, from `since` to `until`."""
        found = [[0, 0, 0] for _ in range(count)]
        begin, wide = _seconds(since), (until - since).total_seconds() / count
        if wide <= 0:
            return [Bar()] * count
        for key, span in self._spans.items():
            place = int((key * self._width - begin) // wide)
            if 0 <= place < count:
                for kind, number in enumerate(span):
                    found[place][kind] += number
        return [Bar(*each) for each in found]

    def _look_at(self, block: Block) -> Iterator[None]:
        start = self._next - block.first
        lines = block.data.split(b"\n")[start:-1]
        for line, mark in zip(lines, block.marks[start:], strict=True):
            if mark < CONTINUES:
                self._begin(line)
            if self._now is not None:
                self._now[0] += 1
                if mark == Level.WARNING:
                    self._now[1] += 1
                elif Level.ERROR <= mark < CONTINUES:
                    self._now[2] += 1
            self._next += 1
            if self._next % _SOME == 0:
                yield
        yield

    def _begin(self, line: bytes) -> None:
        """A record begins: find the span of its time, should it tell one."""
        second = line[:20]
        if second == self._known[0]:
            self._now = self._known[1]
            return
        header = read_header(line.decode("utf-8", "replace"))
        if header is None or header.at is None:
            return
        at = int(_seconds(header.at))
        if len(self._spans) >= MOST and at // self._width not in self._spans:
            self._widen()
        self._now = self._spans.setdefault(at // self._width, [0, 0, 0])
        if line[24:26] == b": " and line[:1] == b"[":  # Celery's format begins with the second
            self._known = (second, self._now)

    def _widen(self) -> None:
        """Make one span of two."""
        before, self._spans = self._spans, {}
        self._width *= 2
        for key, span in before.items():
            joined = self._spans.setdefault(key // 2, [0, 0, 0])
            for kind, number in enumerate(span):
                joined[kind] += number
        self._known = (b"", None)

    def _forget(self) -> None:
        """Leave out the spans before the oldest line that is held."""
        store = self._store
        if store.first == self._first:
            return
        self._first = store.first
        oldest = time_of(store.slice(store.first, store.first + _LOOK)[::-1])
        if oldest is not None:
            least = int(_seconds(oldest)) // self._width
            for key in [key for key in self._spans if key < least]:
                del self._spans[key]

    def _at(self, key: int) -> datetime:
        return _EPOCH + timedelta(seconds=key * self._width)


def _seconds(at: datetime) -> float:
    return (at - _EPOCH).total_seconds()
