"""When a row was printed, and which row was printed at a moment."""

from datetime import datetime
from typing import Final

from desktop.logpane.document import Document

_BACK: Final = 200
"""Rows without a time that are passed over."""


def printed_at(document: Document, place: int) -> datetime | None:
    """When the row at a place was printed, or the next one before it that says so."""
    for _ in range(_BACK):
        for row in reversed(document.rows(place)):
            if row.at:
                return row.at
        before = document.previous(place)
        if before is None:
            return None
        place = before
    return None


def place_at(document: Document, moment: datetime) -> int | None:
    """The first place that was printed at or after a moment; None when there is none yet.

    Halves the lines again and again, since they are in order of time.
    """
    low, high = document.first, document.source.end
    while low < high:
        middle = (low + high) // 2
        at = _time_near(document, middle, low)
        if at is not None and at >= moment:
            high = middle
        else:
            low = middle + 1
    if low >= document.source.end:
        return None
    return document.nearest(document.start(low))


def _time_near(document: Document, place: int, least: int) -> datetime | None:
    end = place + 1
    for back in (0, 8, _BACK):  # most lines tell their time, and each costs some microseconds
        begin = max(least, place - back)
        for line in reversed(document.source.lines(begin, end)):
            if line.at:
                return line.at
        end = begin
    return None
