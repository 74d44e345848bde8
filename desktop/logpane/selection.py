"""A selection of text over the rows of a document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.logpane.document import Document
from desktop.logpane.row import Kind, plain_row
from desktop.logpane.times import note_text

_WORD: Final = re.compile(r"[\w.\\/@:+-]+")
STEP: Final = 4000


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Before a column of a row: the `part`th one of those at a place."""

    place: int
    part: int
    column: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From where it was begun to where it is now, whichever comes first."""

    anchor: Point
    head: Point

    @property
    def start(self) -> Point:
        """The one of the two that comes first."""
        return min(self.anchor, self.head)

    @property
    def end(self) -> Point:
        """The one of the two that comes last."""
        return max(self.anchor, self.head)

    def columns(self, place: int, part: int, length: int) -> tuple[int, int]:
        """Which columns of a row with this length are selected; the same twice if none."""
        start, end, row = self.start, self.end, (place, part)
        if not (start.place, start.part) <= row <= (end.place, end.part):
            return (0, 0)
        left = start.column if row == (start.place, start.part) else 0
        right = end.column if row == (end.place, end.part) else length
        return (min(left, length), min(right, length))


def word_at(text: str, column: int) -> tuple[int, int]:
    """The columns of the word around a column: a path, a dotted name, an id."""
    for found in _WORD.finditer(text):
        if found.start() <= column < found.end():
            start, end = found.span()
            return start, end - (len(found.group()) - len(found.group().rstrip(".:-")))
    return column, min(column + 1, len(text))


def everything(document: Document) -> Selection | None:
    """From the first row to the last one; None when there is no row."""
    first, last = document.next(document.first - 1), document.last()
    if first is None or last is None:
        return None
    rows = document.rows(last)
    end = Point(last, len(rows) - 1, len(rows[-1].text) if rows else 0)
    return Selection(Point(first, 0, 0), end)


def selected_text(document: Document, selection: Selection, prefix: bool) -> str:
    """What copying gives: ids in full, folded lines too, with time and level if wanted."""
    start, end = selection.start, selection.end
    if (start.place, start.part) == (end.place, end.part):
        rows = document.rows(start.place)
        return rows[start.part].full(start.column, end.column) if start.part < len(rows) else ""
    return "\n".join(_texts(document, start, end, prefix))


def selected_line(document: Document, selection: Selection | None) -> str:
    """What is selected within one line, to be looked for elsewhere; empty when nothing is."""
    if selection is None or selection.start.place != selection.end.place:
        return ""
    text = selected_text(document, selection, prefix=False)
    return "" if "\n" in text else text


def _texts(document: Document, start: Point, end: Point, prefix: bool) -> Iterator[str]:
    yield from _place_texts(document, start, end, start.place, prefix)
    if start.place == end.place:
        return
    before = document.previous(end.place)  # notes behind it are rows of the last place
    yield from lines(document, start.place + 1, end.place, prefix, before)
    yield from _place_texts(document, start, end, end.place, prefix)


def _place_texts(
    document: Document, start: Point, end: Point, place: int, prefix: bool
) -> Iterator[str]:
    chosen = Selection(start, end)
    for part, row in enumerate(document.rows(place)):
        if not (start.place, start.part) <= (place, part) <= (end.place, end.part):
            continue
        left, right = chosen.columns(place, part, len(row.text))
        if row.kind is not Kind.LINE:
            yield f"--- {note_text(row)} ---"
        elif prefix and (left, right) == (0, len(row.text)):
            yield from document.source.texts(place, place + 1)
        else:
            yield row.full(left, right)


def lines(
    document: Document, start: int, end: int, prefix: bool, noted: int | None = None
) -> Iterator[str]:
    """The lines at these places which the filter lets through, and the notes up to `noted`."""
    source, notes = document.source, document.notes
    for begin in range(max(start, document.first), end, STEP):
        stop = min(begin + STEP, end)
        texts = (source.texts if prefix else source.messages)(begin, stop)
        said = notes.between(begin - 1, stop - 1 if noted is None else min(stop - 1, noted))
        for place, text in enumerate(texts, begin):
            for note in said:
                if note.line == place:
                    yield f"--- {note_text(plain_row(Kind.NOTE, note.text, note.at))} ---"
            if document.shows(place):
                yield text
