"""Where the scroll bar shows marks: hits, errors and bookmarks, as shares of a document."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from desktop.logpane.document import Document
from desktop.logpane.find import Find

MOST: Final = 1000


def shares(document: Document, find: Find) -> Mapping[str, Sequence[float]]:
    """Shares from 0 to 1 by the token of their colour; thinned out where there are many."""
    count = max(1, document.count)
    return {
        "err": _shares(document, document.errors, count),
        "acc": _shares(document, find.hits, count),
        "warn": _shares(document, document.bookmarks, count),
    }


def _shares(document: Document, places: Sequence[int], count: int) -> list[float]:
    thinned: Iterable[int] = places[:: len(places) // MOST + 1]
    return [
        document.index(place) / count
        for place in dict.fromkeys(thinned)
        if place >= document.first and document.shows(place)
    ]
