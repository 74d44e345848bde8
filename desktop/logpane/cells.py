"""How many cells of a fixed grid text takes: two for wide characters, none for combining ones."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_JOINER: Final = "\u200d"


@lru_cache(maxsize=4096)
def width(character: str) -> int:
    """0, 1 or 2 (Unicode Standard Annex 11)."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """The width of a text."""
    return len(text) if text.isascii() else sum(map(width, text))


def column_at(text: str, cell: float) -> int:
    """The column whose character begins nearest to this cell."""
    if text.isascii():
        return max(0, min(len(text), round(cell)))
    at = 0
    for column, character in enumerate(text):
        wide = width(character)
        if wide and at + wide / 2 > cell:
            return column
        at += wide
    return len(text)


def runs(text: str) -> Iterator[tuple[int, str]]:
    """Parts of a text which may be drawn at once, each with its first cell.

    What a font draws for a wide character is rarely two cells wide, so each has a run of its own.
    """
    if text.isascii():
        yield 0, text
        return
    at, start, held = 0, 0, ""
    for character in text:
        wide = width(character)
        joined = wide == 0 or held.endswith(_JOINER)
        if held and not joined and (wide == 2 or width(held[0]) == 2):
            yield start, held
            start, held = at, ""
        held += character
        at += 0 if joined else wide
    if held:
        yield start, held
