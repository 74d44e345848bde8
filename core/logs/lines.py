"""Chunks of bytes in, blocks of complete lines out.

A block ends with a newline; what follows the last newline of a chunk waits for the next one.
All that leaves here has been through `clean`, which is shown whole lines only, so that nothing
it looks for hides on the border of two chunks. A line that goes on and on cannot be awaited: its
head is cleaned together with a margin of what follows, which is thrown away afterwards. A secret
that starts in the head and is shorter than the margin was then seen whole, and half a secret at
the end of the margin is thrown away with it.
"""

from collections.abc import Callable
from typing import Final

LIMIT: Final = 16 * 1024
MARGIN: Final = 4 * 1024


class LineSplitter:
    """Puts lines together; the work is done per chunk, not per line.

    `limit` is the length in bytes at which a line is cut, its mark not counted; `margin` says how
    much beyond it `clean` is shown. CRLF becomes LF. Without a newline, `limit + margin` bytes
    and one chunk are held at most.
    """

    def __init__(
        self, clean: Callable[[bytes], bytes], *, limit: int = LIMIT, margin: int = MARGIN
    ) -> None:
        self._clean = clean
        self._limit = limit
        self._margin = margin
        self._carry = bytearray()
        self._head: bytes | None = None  # of a line that is too long and has not ended yet
        self._beyond = 0  # bytes of that line after its head

    def feed(self, chunk: bytes) -> bytes:
        """Take a chunk, give the block of lines that it completes; empty when there is none."""
        long_line = b""
        if self._head is not None:
            rest, newline, chunk = chunk.partition(b"\n")
            self._beyond += len(rest)
            if not newline:
                return b""
            long_line = self._end_long_line(self._head)
        end = chunk.rfind(b"\n") + 1
        block = self._complete(chunk[:end]) if end else b""
        self._carry += chunk[end:]
        if len(self._carry) > self._limit + self._margin:
            self._begin_long_line()
        return long_line + block if long_line else block

    def close(self) -> bytes:
        """Give the last line, which no newline ended; empty when there is none."""
        if self._head is not None:
            return self._end_long_line(self._head)
        return self._complete(b"\n") if self._carry else b""

    def _complete(self, end: bytes) -> bytes:
        block = bytes(self._carry) + end if self._carry else end
        self._carry.clear()
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n")
        return self._shorten(self._clean(block))

    def _shorten(self, block: bytes) -> bytes:
        """Cut the lines that are too long; it goes in steps of `limit`, not line by line."""
        start = copied = 0
        parts: list[bytes] = []
        while start + self._limit < len(block):
            newline = block.rfind(b"\n", start, start + self._limit + 1)
            if newline < 0:
                newline = block.index(b"\n", start)
                parts += (block[copied:start], self._cut(block[start:newline], 0))
                copied = newline + 1
            start = newline + 1
        return b"".join((*parts, block[copied:])) if parts else block

    def _cut(self, line: bytes, beyond: int) -> bytes:
        end = min(len(line), self._limit)
        while 0 < end < len(line) and line[end] & 0xC0 == 0x80:  # not inside a UTF-8 character
            end -= 1
        return line[:end] + f" …[cut {len(line) - end + beyond} bytes]\n".encode()

    def _begin_long_line(self) -> None:
        cleaned = self._clean(bytes(self._carry))
        self._head = cleaned[: max(0, len(cleaned) - self._margin)]
        self._beyond = len(cleaned) - len(self._head)
        self._carry.clear()

    def _end_long_line(self, head: bytes) -> bytes:
        self._head = None
        return self._cut(head, self._beyond)
