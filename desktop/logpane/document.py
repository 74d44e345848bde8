"""What rows there are: the lines of a source, folded, filtered, with notes between them.

A place is the number of a line in its source, and stays the same however much is filtered, folded
or dropped. Rows are made for the places that somebody looks at; nothing here goes through all the
lines, but for a filter, which does so in slices.
"""

from bisect import bisect_left, bisect_right, insort
from typing import Final

from core.logs.marks import CONTINUES
from desktop.logpane.filter import Filter, Matches
from desktop.logpane.links import SHORT
from desktop.logpane.notes import Note, Notes
from desktop.logpane.records import Records
from desktop.logpane.row import Kind, Row, line_row, plain_row
from desktop.logpane.source import ERRORS, Source

MOST_ERRORS: Final = 2000
"""Errors that are shown beside the scroll bar."""

_CACHED: Final = 512


class Document:
    """The rows over one source. The view asks; what changes is told by whoever changes it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.filter = Filter()
        self.shared = Filter()
        """What is chosen for several logs at once; a row has to pass both."""
        self.bookmarks: list[int] = []
        self.notes = Notes()
        self._records = Records(source)
        self._matches: Matches | None = None
        self._hidden_before = 0
        self._id_length = SHORT
        self._rows: dict[int, tuple[Row, ...]] = {}
        self._first = source.first
        self.errors: list[int] = []
        """Where the newest errors are."""
        self._find_errors(source.first)

    # --- What there is ---

    @property
    def first(self) -> int:
        """No row stands before this place."""
        return max(self.source.first, self._hidden_before)

    @property
    def end(self) -> int:
        """No row stands at this place or behind it; notes without a line after them are at it."""
        return self.source.end + bool(self.notes.between(self.source.end - 1, self.source.end))

    @property
    def searching(self) -> bool:
        """Whether a filter has not tried all lines yet."""
        return self._matches is not None and not self._matches.done

    def next(self, place: int) -> int | None:
        """The next place that is shown; the first one for a place before it."""
        if place < self.first:
            return self._record_from(self.first)
        source = self.source
        if place >= source.end - 1:
            return source.end if place < source.end < self.end else None
        if source.marks(place + 1, place + 2)[0] >= CONTINUES and self.shows(place):
            shown = self._records.shown(self.start(place))
            index = bisect_right(shown, place)
            if index < len(shown):
                return shown[index]
            return self._record_from(self._records.end(place))
        return self._record_from(place + 1)

    def previous(self, place: int) -> int | None:
        """The place that is shown before this one."""
        if place <= self.first:
            return None
        if place <= self.source.end - 1:
            start = self.start(place)
            if start < place and self.shows(place):
                shown = self._records.shown(start)
                return shown[bisect_left(shown, place) - 1]
            place = start
        else:
            place = self.source.end
        begin = self._record_before(place)
        return None if begin is None else self._records.shown(begin)[-1]

    def last(self) -> int | None:
        """The last place that is shown."""
        return self.source.end if self.end > self.source.end else self.previous(self.source.end)

    def nearest(self, place: int) -> int | None:
        """This place if it is shown, else the next one, else the last one."""
        after = self.next(max(place, self.first) - 1)
        return after if after is not None else self.last()

    def shows(self, place: int) -> bool:
        """Whether the filter lets through the record that the line at this place belongs to."""
        if self._matches is None:
            return True
        start = self.start(place)
        index = bisect_left(self._matches.starts, start)
        return self._matches.starts[index : index + 1] == [start]

    def _record_from(self, place: int) -> int | None:
        """The first record at or behind a place where one begins."""
        if self._matches is None:
            found = place if place < self.source.end else None
        else:
            index = bisect_left(self._matches.starts, place)
            found = next(iter(self._matches.starts[index : index + 1]), None)
        if found is None and self.end > self.source.end:
            return self.source.end
        return found

    def _record_before(self, place: int) -> int | None:
        """The last record before a place where one begins."""
        if self._matches is None:
            return max(self._records.start(place - 1), self.first) if place > self.first else None
        index = bisect_left(self._matches.starts, place) - 1
        found = self._matches.starts[index] if index >= 0 else -1
        return found if found >= self.first else None

    # --- Where it is, for a scroll bar ---

    @property
    def count(self) -> int:
        """The length that `index` runs through."""
        if self._matches is None:
            return self.end - self.first
        return len(self._matches.starts) - bisect_left(self._matches.starts, self.first)

    def index(self, place: int) -> int:
        """How far down a place is, from 0 to `count`."""
        if self._matches is None:
            return min(max(0, place - self.first), self.count)
        starts = self._matches.starts
        return bisect_right(starts, place) - 1 - bisect_left(starts, self.first)

    def place(self, index: int) -> int | None:
        """The place that is shown there."""
        if self._matches is None:
            place = self.first + max(0, index)
            if place < self.source.end:
                place = self.start(place)
            return self.nearest(place)
        starts = self._matches.starts
        index += bisect_left(starts, self.first)
        return starts[max(0, min(index, len(starts) - 1))] if starts else self.last()

    # --- Rows ---

    def rows(self, place: int) -> tuple[Row, ...]:
        """The rows of a place that is shown: what is said before its line, and the line."""
        known = self._rows.get(place)
        if known is None:
            known = self._make(place)
            if len(self._rows) >= _CACHED:
                self._rows.clear()
            self._rows[place] = known
        return known

    def _make(self, place: int) -> tuple[Row, ...]:
        made: list[Row] = []
        if place == self.first and not self._hidden_before and (lost := self.source.lost()):
            made.append(plain_row(Kind.LOST, lost))
        if len(self.notes):
            before = self.previous(place)
            after = self.first - 1 if before is None else before
            made += (
                plain_row(Kind.NOTE, note.text, note.at)
                for note in self.notes.between(after, place)
            )
        if place < self.source.end:
            made += self._line_row(place)
        return tuple(made)

    def _line_row(self, place: int) -> list[Row]:
        lines = self.source.lines(place, place + 1)
        if not lines:
            return []
        line = lines[0]
        if not line.continues:
            foldable = self._records.foldable(place)
            folded = foldable and place not in self._records.unfolded
            return [line_row(line, self._id_length, foldable=foldable, folded=folded)]
        shown = self._records.shown(self.start(place))
        index = bisect_left(shown, place)
        hidden = place - shown[index - 1] - 1 if index else 0
        return [line_row(line, self._id_length, hidden=hidden)]

    def start(self, place: int) -> int:
        """Where the record of the line at this place begins."""
        return max(self._records.start(place), self.first)

    def record(self, place: int) -> int | None:
        """Where the record of this place begins, if that can be folded."""
        if not self.first <= place < self.source.end:
            return None
        start = self.start(place)
        return start if self._records.foldable(start) else None

    def is_folded(self, record: int) -> bool:
        """Whether this record is folded."""
        return record not in self._records.unfolded

    def toggle(self, record: int) -> None:
        """Fold this record, or unfold it."""
        self._records.toggle(record)
        self._rows.clear()

    # --- What changes it ---

    def grow(self) -> int:
        """Take in what came, let go what is gone; the first place with rows that may differ."""
        changed = self.source.grow()
        first = self.first
        if first > self._first:
            self._first = first
            self.notes.drop(self.source.first)
            del self.bookmarks[: bisect_left(self.bookmarks, first)]
            self._records.unfolded = {each for each in self._records.unfolded if each >= first}
        end = self.source.end
        start = end if changed >= end else first
        if first < changed < end:
            start = self._records.start(changed - 1)
        self._records.forget(start)
        self._find_errors(start)
        for place in [place for place in self._rows if place <= first or place >= start]:
            del self._rows[place]
        if self._matches:
            self._matches.changed(start, self.source.first)
        return start

    def _find_errors(self, start: int) -> None:
        del self.errors[bisect_left(self.errors, start) :]
        marks = self.source.marks(start, self.source.end) if start < self.source.end else b""
        self.errors += (start + found.start() for found in ERRORS.finditer(marks))
        del self.errors[: max(bisect_left(self.errors, self.first), len(self.errors) - MOST_ERRORS)]

    def go_on(self) -> bool:
        """Let a filter try the next slice; whether there is more to do."""
        if self._matches and not self._matches.done:
            self._matches.go_on()
        return self.searching

    def show_only(self, chosen: Filter) -> None:
        """Filter; a filter with an error leaves things as they are."""
        if not chosen.error and chosen != self.filter:
            self.filter = chosen
            self._sift()

    def share(self, chosen: Filter) -> None:
        """Filter by what is chosen for several logs at once, as well."""
        if not chosen.error and chosen != self.shared:
            self.shared = chosen
            self._sift()

    def _sift(self) -> None:
        chosen = [each for each in (self.shared, self.filter) if not each.shows_all]
        self._matches = Matches(self.source, *chosen) if chosen else None
        self._rows.clear()

    def shorten_ids(self, length: int) -> None:
        """Show ids of tasks in so many characters."""
        if length != self._id_length:
            self._id_length = length
            self._rows.clear()

    def clear(self) -> None:
        """Hide all that is there; the source keeps it."""
        self._hidden_before = self.source.end
        self.notes.drop(self.source.end + 1)
        self._rows.clear()

    def add_note(self, note: Note) -> None:
        """Say something before a line, which may be one to come."""
        self.notes.add(note)
        self._rows.clear()

    def toggle_bookmark(self, place: int) -> None:
        """Mark a place, or take the mark away."""
        if place in self.bookmarks:
            self.bookmarks.remove(place)
        else:
            insort(self.bookmarks, place)
