"""The last lines of a worker, numbered, in bounded memory.

Lines are kept as the blocks of bytes in which they came, and only those that are asked for are
split and decoded.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MAX_LINES: Final = 200_000
MAX_BYTES: Final = 32 * 1024 * 1024
_BLOCK: Final = 32 * 1024  # blocks smaller than this grow: one object for many small writes


@dataclass(slots=True)
class _Block:
    first: int
    end: int
    data: bytes


class LogStore:
    """Lines `first` to `end - 1` are held; the earlier ones were dropped, oldest first.

    Numbers start at 0 and are never used twice. The bound in lines is exact; the one in bytes is
    kept by whole blocks, the newest of which always stays.
    """

    def __init__(self, max_lines: int = MAX_LINES, max_bytes: int = MAX_BYTES) -> None:
        self.first = 0
        self.end = 0
        self._max_lines = max_lines
        self._max_bytes = max_bytes
        self._bytes = 0
        self._blocks: list[_Block] = []
        self._split: tuple[bytes, Sequence[bytes]] = (b"", ())

    @property
    def dropped(self) -> int:
        """How many lines are no longer held."""
        return self.first

    def append(self, block: bytes) -> None:
        """Add a block of lines, of which the last one ends with a newline too."""
        start = self.end
        self.end += block.count(b"\n")
        self._bytes += len(block)
        newest = self._blocks[-1] if self._blocks else None
        if newest and len(newest.data) < _BLOCK:
            newest.data += block
            newest.end = self.end
        else:
            self._blocks.append(_Block(start, self.end, block))
        self._drop()

    def text(self, number: int) -> str:
        """Decode one line (UTF-8, what is none replaced); IndexError when it is not held."""
        if not self.first <= number < self.end:
            raise IndexError(f"line {number} is not held: {self.first} to {self.end - 1} are")
        return self.slice(number, number + 1)[0]

    def slice(self, start: int, end: int) -> list[str]:
        """Decode the lines `start` to `end - 1`, as far as they are held."""
        start, end = max(start, self.first), min(end, self.end)
        found: list[str] = []
        index = bisect_right(self._blocks, start, key=lambda block: block.first) - 1
        while start < end:
            block = self._blocks[index]
            lines = self._lines(block)[start - block.first : min(end, block.end) - block.first]
            found += (line.decode("utf-8", "replace") for line in lines)
            start, index = block.end, index + 1
        return found

    def _lines(self, block: _Block) -> Sequence[bytes]:
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
