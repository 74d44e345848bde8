"""A row of the pane: what stands in it, in which tone, and what of it leads somewhere."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from itertools import accumulate
from typing import Final, Literal

from core.logs.level import Level
from desktop.logpane.links import Link, TaskLink, links
from desktop.logpane.source import Line

Tone = Literal["text", "text2", "dim", "acc", "warn", "err"]

_TASK: Final = re.compile(r"(?P<task>Task )?(?P<name>[^\s\[\]]+)(?=\[[0-9a-f-]{8,}\](?(task) |:))")


class Kind(Enum):
    """What a row is."""

    LINE = auto()
    NOTE = auto()
    LOST = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look. `full` is what copying gives; `colour` wins over `tone`."""

    shown: str
    full: str
    tone: Tone
    colour: str | None = None
    bold: bool = False
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row before it is wrapped or cut.

    `hidden` says how many lines of its traceback are folded away right before this row.
    """

    kind: Kind
    pieces: tuple[Piece, ...]
    text: str
    starts: tuple[int, ...]
    level: Level = Level.OTHER
    at: datetime | None = None
    continues: bool = False
    worker: int = 0
    foldable: bool = False
    folded: bool = False
    hidden: int = 0

    def full(self, start: int = 0, end: int | None = None) -> str:
        """What copying the columns `start` to `end - 1` gives: an id touched is given whole."""
        end = len(self.text) if end is None else end
        parts: list[str] = []
        for left, piece in zip(self.starts, self.pieces, strict=True):
            right = left + len(piece.shown)
            if left >= end or right <= start:
                continue
            if piece.full != piece.shown:
                parts.append(piece.full)
            else:
                parts.append(piece.shown[max(0, start - left) : end - left])
        return "".join(parts)

    def link_at(self, column: int) -> Link | None:
        """What this column leads to."""
        if not 0 <= column < len(self.text):
            return None
        return self.pieces[bisect_right(self.starts, column) - 1].link

    def span(self, link: Link) -> tuple[int, int]:
        """The columns of a link of this row."""
        own = [
            (left, left + len(piece.shown))
            for left, piece in zip(self.starts, self.pieces, strict=True)
            if piece.link == link
        ]
        return (own[0][0], own[-1][1])

    @property
    def links(self) -> tuple[Link, ...]:
        """What leads somewhere, from left to right."""
        return tuple(dict.fromkeys(piece.link for piece in self.pieces if piece.link))

    def shown_column(self, column: int) -> int:
        """Where a column of the full text is shown."""
        full = 0
        for left, piece in zip(self.starts, self.pieces, strict=True):
            if column <= full + len(piece.full):
                return left + min(column - full, len(piece.shown))
            full += len(piece.full)
        return len(self.text)


def plain_row(kind: Kind, text: str, at: datetime | None = None, worker: int = 0) -> Row:
    """A row that no worker printed."""
    return Row(kind, (Piece(text, text, "text2"),), text, (0,), at=at, worker=worker)


def line_row(
    line: Line, id_length: int, *, foldable: bool = False, folded: bool = False, hidden: int = 0
) -> Row:
    """A row for a line; ids of tasks are shown in `id_length` characters."""
    pieces = tuple(_pieces(line, id_length))
    starts = tuple(accumulate((len(piece.shown) for piece in pieces[:-1]), initial=0))
    return Row(
        Kind.LINE,
        pieces,
        "".join(piece.shown for piece in pieces),
        starts if pieces else (),
        line.level,
        line.at,
        line.continues,
        line.worker,
        foldable,
        folded,
        hidden,
    )


def _pieces(line: Line, id_length: int) -> Iterator[Piece]:
    """Links stand where they are; between them is text in the tones of its parts."""
    text = line.message
    coming = list(reversed(links(text)))
    at = 0
    for end, tone in _parts(line):
        while coming and coming[-1].start < end:
            link = coming.pop()
            yield from _printed(line, at, link.start, tone)
            shown = text[link.start : link.end]
            short = shown[:id_length] if isinstance(link, TaskLink) else shown
            yield Piece(short, shown, "acc", link=link)
            at = link.end
        yield from _printed(line, at, end, tone)
        at = max(at, end)


def _parts(line: Line) -> tuple[tuple[int, Tone], ...]:
    """Where each part of a message ends, and its tone: Celery's words, the task, the rest."""
    base, length = _base(line), len(line.message)
    if line.continues or "[" not in line.message or not (task := _TASK.match(line.message)):
        return ((length, base),)
    rest: Tone = "text2" if task["task"] and base == "text" else base
    return ((task.start("name"), "text2"), (task.end(), "text"), (length, rest))


def _printed(line: Line, start: int, end: int, tone: Tone) -> Iterator[Piece]:
    """Text between links, in its own colours where it has some."""
    for ink in line.inks:
        if start < ink.end and ink.start < end:
            if start < ink.start:
                part = line.message[start : ink.start]
                yield Piece(part, part, tone)
                start = ink.start
            part = line.message[start : min(end, ink.end)]
            yield Piece(part, part, tone, ink.colour, ink.bold)
            start = ink.end
    if start < end:
        part = line.message[start:end]
        yield Piece(part, part, tone)


def _base(line: Line) -> Tone:
    if line.level >= Level.ERROR:
        return "err"
    if line.level is Level.WARNING:
        return "warn"
    return "dim" if line.level is Level.DEBUG else "text"
