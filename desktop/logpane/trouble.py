"""Goes from one error or warning of a log to the next."""

import re
from typing import Final

from desktop.logpane.document import Document
from desktop.logpane.source import ERRORS, TROUBLE

_STEP: Final = 2048
"""Lines that are looked at in one go."""


def trouble_after(document: Document, place: int) -> int | None:
    """The first error or warning that is shown behind a place, round the end; None without any."""
    first, end = document.first, document.source.end
    found = _first(document, TROUBLE, place + 1, end)
    return _first(document, TROUBLE, first, min(place + 1, end)) if found is None else found


def trouble_before(document: Document, place: int) -> int | None:
    """The last error or warning that is shown before a place, round the start."""
    first, end = document.first, document.source.end
    found = _last(document, first, min(place, end))
    return _last(document, max(first, place), end) if found is None else found


def first_error(document: Document, start: int, end: int) -> int | None:
    """The first error that is shown at the places `start` to `end - 1`."""
    return _first(document, ERRORS, start, min(end, document.source.end))


def _first(document: Document, wanted: re.Pattern[bytes], start: int, end: int) -> int | None:
    for begin in range(max(start, document.first), end, _STEP):
        stop = min(begin + _STEP, end)
        if document.source.quiet(begin, stop):
            continue
        for found in wanted.finditer(document.source.marks(begin, stop)):
            if document.shows(begin + found.start()):
                return begin + found.start()
    return None


def _last(document: Document, start: int, end: int) -> int | None:
    for stop in range(end, start, -_STEP):
        begin = max(start, stop - _STEP)
        if document.source.quiet(begin, stop):
            continue
        found = [
            begin + each.start() for each in TROUBLE.finditer(document.source.marks(begin, stop))
        ]
        place = next((each for each in reversed(found) if document.shows(each)), None)
        if place is not None:
            return place
    return None
