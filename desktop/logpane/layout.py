"""Which rows stand in the pane: from a place downwards, as many as there is room for.

No list of all rows is made, wrapped or not: only what is seen is laid out.
"""

from dataclasses import dataclass
from typing import Final

from desktop.logpane.cells import width
from desktop.logpane.document import Document
from desktop.logpane.row import Kind, Row

_BACK: Final = 24
"""Columns before the edge in which a space is looked for to wrap at."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of the picture: the columns `start` to `end - 1` of the `part`th row of a place."""

    place: int
    part: int
    row: Row
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """The first strip in the pane is the `skip`th one of a place."""

    place: int
    skip: int = 0


def breaks(text: str, columns: int) -> list[tuple[int, int]]:
    """Where a text is wrapped: at spaces near the edge, else at the edge."""
    found: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > columns or not text[start:].isascii():
        end = start + fitting(text, start, columns)
        if end >= len(text):
            break
        space = text.rfind(" ", max(start + 1, end - _BACK), end + 1)
        end = space + 1 if space > 0 else end
        found.append((start, end))
        start = end
    found.append((start, len(text)))
    return found


def fitting(text: str, start: int, columns: int) -> int:
    """How many characters from `start` on have room in so many columns."""
    part = text[start : start + columns]
    if part.isascii():
        return len(part)
    used = 0
    for count, character in enumerate(text[start:]):
        used += width(character)
        if used > columns:
            return max(1, count)
    return len(text) - start


class Layout:
    """Lays out a document; `columns` is 0 where rows are cut instead of wrapped."""

    def __init__(self, document: Document, columns: int = 0) -> None:
        self._document = document
        self._columns = columns

    def strips(self, place: int) -> list[Strip]:
        """The strips of a place."""
        return [
            Strip(place, part, row, start, end)
            for part, row in enumerate(self._document.rows(place))
            for start, end in self._breaks(row)
        ]

    def _breaks(self, row: Row) -> list[tuple[int, int]]:
        if self._columns and row.kind is Kind.LINE and len(row.text) * 2 > self._columns:
            return breaks(row.text, self._columns)
        return [(0, len(row.text))]

    def down(self, anchor: Anchor, count: int) -> list[Strip]:
        """So many strips from an anchor on, fewer at the end of the document."""
        found = self.strips(anchor.place)[anchor.skip :]
        place = self._document.next(anchor.place)
        while place is not None and len(found) < count:
            found += self.strips(place)
            place = self._document.next(place)
        return found[:count]

    def up(self, anchor: Anchor, count: int) -> Anchor:
        """The anchor so many strips before another one, or the first one there is."""
        place, skip = anchor.place, anchor.skip
        while count > skip:
            before = self._document.previous(place)
            if before is None:
                return Anchor(place, 0)
            count -= skip
            place, skip = before, len(self.strips(before))
        return Anchor(place, skip - count)

    def bottom(self, count: int) -> Anchor | None:
        """The anchor from which so many strips lead to the end; None when there is no row."""
        last = self._document.last()
        if last is None:
            return None
        return self.up(Anchor(last, len(self.strips(last))), count)

    def moved(self, anchor: Anchor, by: int) -> Anchor:
        """The anchor so many strips further down, or up when `by` is negative."""
        if by <= 0:
            return self.up(anchor, -by)
        found = self.down(anchor, by + 1)
        last = found[-1]
        same = [strip for strip in found if strip.place == last.place]
        skip = len(same) - 1 + (anchor.skip if last.place == anchor.place else 0)
        return Anchor(last.place, skip)
