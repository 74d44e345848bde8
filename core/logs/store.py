"""The last lines of a worker, numbered, in bounded memory.

Lines are kept as the blocks of bytes in which they came, and only those that are asked for are
split and decoded.
"""

import time
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.logs.level import Level
from core.logs.marks import Marker

MAX_LINES: Final = 200_000
MAX_BYTES: Final = 32 * 1024 * 1024
_BLOCK: Final = 32 * 1024
"""Bytes of a full block, whatever sizes the writes have; a longer line has one to itself.

All of exactly one size, so that a new one fits where an old one was dropped. With sizes that only
nearly agreed, a sixth of the heap of eight full logs became holes that nothing fitted into.
"""

_SOME: Final = 3  # lines, for which a block is not split from end to end


@dataclass(slots=True)
class Block:
    """Lines `first` to `end - 1` as they came, each with its newline, and a mark for each.

    They are the first `size` bytes of `data`; what stands behind them fills the block up. `came` is
    when the last of them came, on the monotonic clock. The newest block of a store grows: its
    fields change, what they held does not.
    """

    first: int
    end: int
    data: bytes
    size: int
    marks: bytes
    came: float


class LogStore:
    """Lines `first` to `end - 1` are held; the earlier ones were dropped, oldest first.

    Numbers start at 0 and are never used twice. The bound in lines is exact; the one in bytes is
    kept by whole blocks, the newest of which always stays. `runs` has the first line of each
    process whose lines these are, as far as it is held.
    """

    def __init__(self, max_lines: int = MAX_LINES, max_bytes: int = MAX_BYTES) -> None:
        self.first = 0
        self.end = 0
        self.runs: list[int] = []
        self._marker = Marker()
        self._counts = [0] * len(Level)
        self._max_lines = max_lines
        self._max_bytes = max_bytes
        self._bytes = 0
        self._blocks: list[Block] = []
        self._split: tuple[bytes, Sequence[bytes]] = (b"", ())
        self._asked = (b"", 0)

    @property
    def dropped(self) -> int:
        """How many lines are no longer held."""
        return self.first

    @property
    def counts(self) -> Mapping[Level, int]:
        """How many records of each level came so far, those no longer held included.

        A traceback is part of a record, and each other line that tells no level is one of OTHER.
        """
        return {level: self._counts[level] for level in Level}

    @property
    def blocks(self) -> Sequence[Block]:
        """What is held, oldest first; lines before `first` may be among the oldest."""
        return self._blocks

    def begin_run(self) -> None:
        """What comes from here on is from another process."""
        self._marker = Marker()
        if self.runs[-1:] != [self.end]:
            self.runs.append(self.end)

    def append(self, block: bytes) -> None:
        """Add a block of lines, of which the last one ends with a newline too."""
        marks = self._marker.mark(block)
        for level in Level:
            self._counts[level] += marks.count(level)
        start = 0
        while start < len(block):
            end = _fitting(block, start, _BLOCK - self._blocks[-1].size if self._blocks else 0)
            if not end:
                self._begin()
                end = _fitting(block, start, _BLOCK) or block.index(b"\n", start) + 1
            count = block.count(b"\n", start, end)
            self._put(block[start:end], marks[:count])
            start, marks = end, marks[count:]
        self._drop()

    def _begin(self) -> None:
        """Fill the newest block up, and begin another."""
        if self._blocks:
            full = self._blocks[-1]
            full.data = full.data.ljust(_BLOCK, b"\0")
            self._bytes += len(full.data) - full.size
        self._blocks.append(Block(self.end, self.end, b"", 0, b"", 0.0))

    def _put(self, lines: bytes, marks: bytes) -> None:
        newest = self._blocks[-1]
        newest.data += lines
        newest.size += len(lines)
        newest.marks += marks
        newest.came = time.monotonic()
        newest.end = self.end = self.end + len(marks)
        self._bytes += len(lines)

    def text(self, number: int) -> str:
        """Decode one line (UTF-8, what is none replaced); IndexError when it is not held."""
        if not self.first <= number < self.end:
            raise IndexError(f"line {number} is not held: {self.first} to {self.end - 1} are")
        block = self._blocks[self.index(number)]
        return self._line(block, number - block.first).decode("utf-8", "replace")

    def slice(self, start: int, end: int) -> list[str]:
        """Decode the lines `start` to `end - 1`, as far as they are held."""
        start, end = max(start, self.first), min(end, self.end)
        found: list[str] = []
        index = self.index(start)
        while start < end:
            block = self._blocks[index]
            lines = self._lines(block)[start - block.first : min(end, block.end) - block.first]
            found += (line.decode("utf-8", "replace") for line in lines)
            start, index = block.end, index + 1
        return found

    def index(self, number: int) -> int:
        """Which of `blocks` has a line that is held, or the newest one before a line to come."""
        if self._blocks and number >= self._blocks[-1].first:
            return len(self._blocks) - 1  # most are asked for while they are new
        return max(0, bisect_right(self._blocks, number, key=lambda block: block.first) - 1)

    def _line(self, block: Block, index: int) -> bytes:
        """One line; the whole block is split only when it is asked for some."""
        data, times = self._asked
        times = times + 1 if data is block.data else 1
        self._asked = (block.data, times)
        if times > _SOME or self._split[0] is block.data:
            return self._lines(block)[index]
        behind = len(block.marks) - index
        if index < behind:
            return block.data.split(b"\n", index + 1)[index]
        return block.data.rsplit(b"\n", behind + 1)[-behind - 1]

    def _lines(self, block: Block) -> Sequence[bytes]:
        if self._split[0] is not block.data:
            self._split = (block.data, block.data.split(b"\n"))
        return self._split[1]

    def _drop(self) -> None:
        self.first = max(self.first, self.end - self._max_lines)
        while len(self._blocks) > 1 and (
            self._blocks[0].end <= self.first or self._bytes > self._max_bytes
        ):
            gone = self._blocks.pop(0)
            self._bytes -= len(gone.data)
            self.first = max(self.first, gone.end)
        while len(self.runs) > 1 and self.runs[1] <= self.first:
            del self.runs[0]


def _fitting(block: bytes, start: int, room: int) -> int:
    """Where the lines from `start` on end that fit into so many bytes; 0 when not even one does."""
    if len(block) - start <= room:
        return len(block)
    return block.rfind(b"\n", start, start + max(0, room)) + 1
