"""Searches the logs of all workers at once, a little at a time.

The newest lines come first, whichever worker wrote them: a search that finds more than it may
keep has kept the newest. It works on blocks of bytes and goes back to the event loop after each
slice of a few milliseconds.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Final

from core.logs.query import Matcher, Query
from core.logs.store import Block, LogStore
from core.logs.task_lines import TaskLines
from core.logs.times import between, time_of

SLICE_S: Final = 0.006
LIMIT: Final = 10_000
_SOME: Final = 200  # hits between two looks at the clock
_LOOK_BACK: Final = 50  # lines above a piece in which the time of its first lines is looked for


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that was found: its number in its worker's store, and where in it the text stands.

    `spans` are in characters, from and to; empty where the query has no text. `at` is the time of
    the record that the line belongs to or follows, in local time; None when nothing tells it.
    """

    worker: str
    number: int
    spans: tuple[tuple[int, int], ...]
    at: datetime | None


class Search:
    """One search over `logs`, by worker; lines that come after its start are not searched.

    Either call `step` until it gives True, or go through it with `async for`, which gives the
    search itself after each slice. `hits` may be read in between. `limit` bounds how many hits are
    kept; the search ends there, and `more` tells that there may be more, older ones. Raises
    FleetError for a bad pattern. With `solo` each worker runs one task at a time: see `TaskLines`.
    """

    def __init__(
        self, logs: Mapping[str, LogStore], query: Query, *, limit: int = LIMIT, solo: bool = True
    ) -> None:
        self.done = False
        self.more = False
        self.count = 0
        """How many hits there are; with `more`, at least so many."""
        self.searched = 0
        """Lines so far, of `lines` in all."""
        self._query = query
        self._matcher = Matcher(query)
        self._limit = limit
        self._solo = solo
        self._logs = {
            name: store for name, store in logs.items() if name in (query.workers or logs)
        }
        self._ends = {name: store.end for name, store in self._logs.items()}
        self.lines = sum(store.end - store.first for store in self._logs.values())
        self._hits: dict[str, list[list[Hit]]] = {name: [] for name in self._logs}
        self._work = self._by_task() if query.task else self._by_block()

    @property
    def hits(self) -> list[Hit]:
        """What was found so far, in the order in which it was written, as far as that is known."""
        ordered: list[tuple[datetime, Hit]] = []
        for parts in self._hits.values():
            at = datetime.min  # those of unknown time come first
            for hit in chain.from_iterable(reversed(parts)):
                at = max(at, hit.at or at)
                ordered.append((at, hit))
        return [hit for _, hit in sorted(ordered, key=itemgetter(0))]

    def step(self, budget_s: float = SLICE_S) -> bool:
        """Search for about so long; whether the search has ended."""
        end = time.perf_counter() + budget_s
        while not self.done and time.perf_counter() < end:
            self.done = next(self._work, True) is not None
        return self.done

    async def __aiter__(self) -> AsyncIterator["Search"]:
        """Give the search itself after each slice, and let others run between two."""
        while not self.step():
            yield self
            await asyncio.sleep(0)
        yield self

    def _by_block(self) -> Iterator[None]:
        ranges: dict[str, tuple[int, int]] = {}
        for name, store in self._logs.items():
            ranges[name] = between(store, self._query.since, self._query.until)
            yield
        blocks = [(name, block) for name in self._logs for block in self._logs[name].blocks]
        blocks.sort(key=_age, reverse=True)
        for name, block in blocks:
            if self.more:
                return
            store = self._logs[name]
            start = max(store.first, ranges[name][0])
            end = min(self._ends[name], ranges[name][1])
            found: list[int] = []
            for piece in self._matcher.pieces(block, start, end):
                found += [piece.first + index for index in self._matcher.lines(piece)]
                self.searched += len(piece.marks)
                yield
            if found:
                yield from self._keep(name, found)

    def _by_task(self) -> Iterator[None]:
        """A task's lines are found from the first to the last; the workers one after the other."""
        for name, store in self._logs.items():
            start, end = between(store, self._query.since, self._query.until)
            lines = TaskLines(self._query.task, solo=self._solo)
            for block in tuple(store.blocks):
                for piece in self._matcher.pieces(block, store.first, self._ends[name]):
                    if lines.concerns(piece):
                        lines.feed(piece, store.runs, self._matcher.lines(piece))
                    self.searched += len(piece.marks)
                    yield
            yield from self._keep(name, [each for each in lines.numbers if start <= each < end])

    def _keep(self, name: str, numbers: Sequence[int]) -> Iterator[None]:
        """Take these as hits; what is beyond the limit, and older, is left."""
        room = self._limit - self.count
        self.more = self.more or len(numbers) > room
        numbers = numbers[-room:] if room else ()
        self.count += len(numbers)
        hits: list[Hit] = []
        self._hits[name].append(hits)
        last = Hit(name, -1, (), None)
        for place, number in enumerate(numbers, 1):
            if number >= self._logs[name].first:  # else dropped meanwhile
                last = self._hit(name, number, last)
                hits.append(last)
            if place % _SOME == 0:
                yield

    def _hit(self, name: str, number: int, last: Hit) -> Hit:
        store = self._logs[name]
        text = store.text(number)
        at = time_of([text])
        if at is None:
            above = store.slice(max(last.number + 1, number - _LOOK_BACK), number)
            at = time_of(above) or last.at
        return Hit(name, number, self._matcher.spans(text), at)


def _age(named: tuple[str, Block]) -> tuple[float, int]:
    return named[1].came, named[1].first
