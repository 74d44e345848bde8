"""Numbered lines that a document can be made of: one worker's log, or several in one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from core.logs.entry import parse
from core.logs.level import Level
from core.logs.marks import CONTINUES, LEVEL
from core.logs.store import LogStore
from desktop.logpane.ansi import Ink, read, shifted
from desktop.widgets.grouped import grouped

_LEVELS: Final = tuple(Level)
ERRORS: Final = re.compile(rb"[\x04\x05]")
"""The marks of records that are errors."""
TROUBLE: Final = re.compile(rb"[\x03-\x05]")
"""Those of errors and warnings."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, read. `inks` are the colours of its message; `worker` is an index, from 0."""

    message: str
    inks: tuple[Ink, ...]
    level: Level
    at: datetime | None
    continues: bool
    worker: int = 0


class Source(Protocol):
    """Lines `first` to `end - 1`; numbers are never used twice. Marks are those of core."""

    @property
    def first(self) -> int:
        """The oldest line that is held."""
        ...

    @property
    def end(self) -> int:
        """One beyond the newest line that was taken in."""
        ...

    def grow(self) -> int:
        """Take in what came; the first number whose line may be another one than before."""
        ...

    def marks(self, start: int, end: int) -> bytes:
        """A mark for each of these lines, which are held."""
        ...

    def lines(self, start: int, end: int) -> list[Line]:
        """These lines, read, as far as they are held."""
        ...

    def quiet(self, start: int, end: int) -> bool:
        """Whether none of these lines, which are held, begins an error or a warning; cheap."""
        ...

    def workers(self, start: int, end: int) -> Sequence[int]:
        """The worker of each of these lines, which are held: an index, from 0."""
        ...

    def messages(self, start: int, end: int) -> list[str]:
        """What is searched of these lines: as people see it, without time and level."""
        ...

    def texts(self, start: int, end: int) -> list[str]:
        """These lines as they were printed, without escape sequences."""
        ...

    def lost(self) -> str:
        """What to say of the lines that are no longer held; empty when there are none."""
        ...


class StoreSource:
    """One worker's log. `file_name` is where all of it is."""

    def __init__(self, store: LogStore, file_name: str = "") -> None:
        self._store = store
        self._file_name = file_name
        self._end = store.end

    @property
    def first(self) -> int:
        """The oldest line that is held."""
        return self._store.first

    @property
    def end(self) -> int:
        """One beyond the newest line that was taken in."""
        return max(self._end, self._store.first)

    def grow(self) -> int:
        """Take in what came."""
        before, self._end = self._end, self._store.end
        return before

    def marks(self, start: int, end: int) -> bytes:
        """A mark for each of these lines."""
        return store_marks(self._store, start, end)

    def lines(self, start: int, end: int) -> list[Line]:
        """These lines, read."""
        return store_lines(self._store, start, min(end, self.end))

    def quiet(self, start: int, end: int) -> bool:
        """Whether none of these lines begins an error or a warning."""
        return TROUBLE.search(store_marks(self._store, start, end)) is None

    def workers(self, start: int, end: int) -> Sequence[int]:
        """There is one."""
        return [0] * (end - start)

    def messages(self, start: int, end: int) -> list[str]:
        """What is searched of these lines."""
        return [message(text) for text in self._store.slice(start, end)]

    def texts(self, start: int, end: int) -> list[str]:
        """These lines as they were printed."""
        return [read(text)[0] for text in self._store.slice(start, end)]

    def lost(self) -> str:
        """What to say of the lines that are no longer held."""
        return lost_words(self._store.dropped, self._file_name)


def store_marks(store: LogStore, start: int, end: int) -> bytes:
    """The marks of lines `start` to `end - 1` of a store, which are held."""
    if start < end and end <= (block := store.blocks[store.index(start)]).end:
        return block.marks[start - block.first : end - block.first]
    return b"".join(_marks(store, start, end))


def _marks(store: LogStore, start: int, end: int) -> Iterator[bytes]:
    blocks, index = store.blocks, store.index(start)
    while start < end:
        block = blocks[index]
        yield block.marks[start - block.first : end - block.first]
        start, index = block.end, index + 1


def store_lines(store: LogStore, start: int, end: int, worker: int = 0) -> list[Line]:
    """Lines of a store, read, as far as they are held."""
    start, end = max(start, store.first), min(end, store.end)
    if start >= end:
        return []
    texts = [store.text(start)] if end - start == 1 else store.slice(start, end)
    return [
        _line(text, mark, worker)
        for text, mark in zip(texts, store_marks(store, start, end), strict=True)
    ]


def _line(text: str, mark: int, worker: int) -> Line:
    level = _LEVELS[mark & LEVEL]
    shown, inks = read(text)
    if mark & CONTINUES:
        return Line(shown, inks, level, None, True, worker)
    entry = parse(text)
    message = entry.message if shown is text else read(entry.message)[0]
    if not shown.endswith(message):  # taken from JSON
        return Line(*read(entry.message), level, entry.at, False, worker)
    return Line(message, shifted(inks, len(shown) - len(message)), level, entry.at, False, worker)


def lost_words(count: int, where: str, worker: str = "") -> str:
    """The sentence about so many lines that are no longer held."""
    if not count:
        return ""
    lines = f"{grouped(count)} {'line' if count == 1 else 'lines'}"
    said = f"{lines}{f' from {worker}' if worker else ''}"
    said += f" {'was' if count == 1 else 'were'} not kept (buffer full)"
    return f"{said}; all of them are in {where}" if where else said


def message(text: str) -> str:
    """What people see of a line; the header of Celery's own format is cut off by its form."""
    if text[24:26] == ": " and text.startswith("[") and (end := text.find("] ", 26)) > 0:
        return read(text[end + 2 :])[0]
    return read(parse(text).message)[0]
