"""When lines were written, as far as the records say.

A line without time of its own was written when the last record above it was, or later. One
process writes its times in order; when the clock is set back (or summer time ends), a range of
time is as good as such a clock.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from core.logs.formats import read_header
from core.logs.marks import CONTINUES
from core.logs.store import Block, LogStore

_NEXT = timedelta(microseconds=1)


def between(store: LogStore, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """The lines written in a range of time: the first of them, and the one after the last.

    Both ends belong to the range. Lines of a log that tells no time are all in it.
    """
    start = store.first if since is None else _first_at(store, since, store.first)
    end = store.end if until is None else _first_at(store, until + _NEXT, store.end)
    return max(start, store.first), max(start, end)


def time_of(lines: Sequence[str]) -> datetime | None:
    """The time of the last of these lines that tells one."""
    for line in reversed(lines):
        if (header := read_header(line)) and header.at:
            return header.at
    return None


def _first_at(store: LogStore, at: datetime, unknown: int) -> int:
    """The first line with this time or a later one; `unknown` where no line tells a time."""
    told = False
    blocks = store.blocks
    if blocks and (began := _began(blocks[0])) and began[1] >= at:  # as the range mostly begins
        return store.first
    for index in range(len(blocks) - 1, -1, -1):
        if began := _began(blocks[index]):
            told = True
            if began[1] < at:
                return _first_in(blocks[index:], at, store.end)
    return store.first if told else unknown


def _began(block: Block) -> tuple[int, datetime] | None:
    """The first line of a block that tells a time, and the time."""
    return next(_times(block), None)


def _first_in(blocks: Sequence[Block], at: datetime, end: int) -> int:
    for block in blocks:
        for number, told in _times(block):
            if told >= at:
                return number
    return end


def _times(block: Block) -> Iterator[tuple[int, datetime]]:
    start = 0
    for number, mark in enumerate(block.marks, block.first):
        end = block.data.index(b"\n", start)
        if not mark & CONTINUES:
            header = read_header(block.data[start:end].decode("utf-8", "replace"))
            if header and header.at:
                yield number, header.at
        start = end + 1
