"""What to look for in logs: text, levels, time, a task."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.logs.formats import read_header
from core.logs.level import Level
from core.logs.marks import LEVEL
from core.logs.pattern import MOST, Pattern
from core.logs.store import Block

ALL_LEVELS: Final = frozenset(Level)


@dataclass(frozen=True, slots=True)
class Query:
    """A line must fulfil all of it; what is left as it is asks for nothing.

    `text` must be in the line, `exclude` must not; both are regular expressions with `regex`. With
    `messages`, `text` must not stand in the header of a line alone: its time, level and process.
    `levels` has those of the records that are wanted. `since` and `until`, both included, are
    local time without zone. `task` is an id: see `TaskLines` for what belongs to a task.
    `workers` are those whose logs are searched; none means all.
    """

    text: str = ""
    exclude: str = ""
    regex: bool = False
    case: bool = False
    levels: frozenset[Level] = ALL_LEVELS
    since: datetime | None = None
    until: datetime | None = None
    task: str = ""
    workers: tuple[str, ...] = ()
    messages: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a block, the first of which has the number `first`, with their marks."""

    first: int
    data: bytes
    marks: bytes


class Matcher:
    """Tests pieces for text and levels. Raises FleetError for a bad pattern."""

    def __init__(self, query: Query) -> None:
        def pattern(text: str) -> Pattern | None:
            return Pattern(text, regex=query.regex, case=query.case) if text else None

        self._text = pattern(query.text)
        self._exclude = pattern(query.exclude)
        self._patterns = [each for each in (self._text, self._exclude) if each]
        self._unwanted = bytes(mark for mark in range(256) if mark & LEVEL not in query.levels)
        self._levels = query.levels if query.levels < ALL_LEVELS else None
        self._messages = query.messages

    def pieces(self, block: Block, start: int, end: int) -> Iterator[Piece]:
        """The lines `start` to `end - 1` of a block, in pieces that take a few milliseconds."""
        first, data, marks = max(block.first, start), block.data, block.marks
        if first >= min(end, block.end):
            return
        marks = marks[first - block.first :]
        offset = _offset(data, first - block.first)
        stop = block.size if end >= block.end else _offset(data, end - block.first)
        while offset < stop:
            portion = min([each.portion for each in self._patterns], default=MOST)
            if stop - offset <= portion:
                yield Piece(first, data[offset:stop], marks[: end - first])
                return
            cut = data.rfind(b"\n", offset, offset + portion) + 1
            piece = data[offset : cut or data.index(b"\n", offset) + 1]
            count = piece.count(b"\n")
            yield Piece(first, piece, marks[:count])
            first, offset, marks = first + count, offset + len(piece), marks[count:]

    def lines(self, piece: Piece) -> Sequence[int]:
        """The indices of its lines that match, ascending."""
        wanted = self._levels
        if wanted is not None and not piece.marks.translate(None, self._unwanted):
            return ()
        found: Sequence[int] = range(len(piece.marks))
        if self._text:
            found = self._text.lines(piece.data)
        if wanted is not None:
            marks = piece.marks
            found = [index for index in found if marks[index] & LEVEL in wanted]
        if found and self._exclude:
            without = set(self._exclude.lines(piece.data))
            found = [index for index in found if index not in without]
        if found and self._text and self._messages:
            texts = piece.data.split(b"\n")
            found = [index for index in found if self._in_message(texts[index])]
        return found

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where in a line the text stands, in characters."""
        return self._text.spans(text) if self._text else ()

    def _in_message(self, line: bytes) -> bool:
        text = line.decode("utf-8", "replace")
        start = message_start(text)
        return any(end > start for _, end in self.spans(text))


def message_start(text: str) -> int:
    """The column at which the message of a line begins; 0 where nothing stands before it."""
    if text[24:26] == ": " and text.startswith("[") and (end := text.find("] ", 26)) > 0:
        return end + 2  # Celery's own format
    header = read_header(text)
    return len(text) - len(header.message) if header and text.endswith(header.message) else 0


def _offset(data: bytes, lines: int) -> int:
    """Where a line begins that has so many before it; 0 for a negative number."""
    offset = 0
    for _ in range(lines):
        offset = data.index(b"\n", offset) + 1
    return offset
