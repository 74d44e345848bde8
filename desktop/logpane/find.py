"""Finds text in a document: every hit is known by its place, the newest ones included."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final

from core.logs.pattern import Pattern
from desktop.logpane.document import Document
from desktop.logpane.filter import finder, pattern, wrong
from desktop.logpane.row import Kind, Row
from desktop.widgets.grouped import grouped

SLICE: Final = 2000
"""Lines that are searched in one go: some milliseconds."""
MOST: Final = 100_000
"""Hits that are counted."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `error` says what is wrong with the expression."""

    text: str = ""
    regex: bool = False
    case: bool = False
    word: bool = False
    error: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "error", wrong(self.text, self.regex))


class Find:
    """The hits of one query. Folded lines are searched too, filtered ones are not."""

    def __init__(self, document: Document) -> None:
        self.query = Query()
        self.hits: list[int] = []
        """The place of each hit, as often as it is hit."""
        self.current: int | None = None
        """Which of the hits is the current one."""
        self._document = document
        self._pattern: Pattern | None = None
        self._tried = 0

    @property
    def done(self) -> bool:
        """Whether there is nothing left to search."""
        ends = self._tried >= self._document.source.end or len(self.hits) >= MOST
        return self._pattern is None or ends

    @property
    def searched(self) -> int:
        """Lines that were looked at."""
        return max(0, self._tried - self._document.first)

    def look_for(self, query: Query) -> None:
        """Begin anew; with an error or without text there are no hits."""
        self.query = query
        self._pattern = None
        if query.text and not query.error:
            self._pattern = pattern(query.text, query.regex, case=query.case, word=query.word)
        self.start_again()

    def start_again(self) -> None:
        """Search all again: the filter is another one."""
        self.hits = []
        self.current = None
        self._tried = self._document.first

    def changed(self, place: int) -> None:
        """The rows from this place on may be others; those before the document are gone."""
        first = self._document.first
        gone = bisect_left(self.hits, first)
        del self.hits[:gone]
        if self.current is not None:
            self.current = self.current - gone if self.current >= gone else None
        if place < self._tried:
            del self.hits[bisect_left(self.hits, place) :]
            self._tried = place
        self._tried = max(self._tried, first)

    def go_on(self) -> bool:
        """Search the next slice; whether there is more to do."""
        if self.done or self._pattern is None:
            return False
        start = self._tried
        self._tried = min(start + SLICE, self._document.source.end)
        spans = self._pattern.spans
        likely = None if self.query.regex else finder(self.query.text, regex=False)
        for place, text in enumerate(
            self._document.source.messages(start, self._tried), max(start, self._document.first)
        ):
            hits = len(spans(text)) if likely is None or likely(text) else 0
            if hits and self._document.shows(place):
                self.hits += [place] * hits
        return not self.done

    def step(self, backwards: bool, near: int) -> int | None:
        """Make the next hit the current one, round the end; the first at or behind `near`.

        Its place; None when there is no hit.
        """
        if not self.hits:
            return None
        if self.current is None or self.current >= len(self.hits):
            index = bisect_left(self.hits, near)
            self.current = (index - 1 if backwards else index) % len(self.hits)
        else:
            self.current = (self.current + (-1 if backwards else 1)) % len(self.hits)
        return self.hits[self.current]

    def spans(self, row: Row) -> list[tuple[int, int]]:
        """The columns of a row that are hit."""
        if self._pattern is None or row.kind is not Kind.LINE:
            return []
        return [
            (row.shown_column(start), row.shown_column(end))
            for start, end in self._pattern.spans(row.full())
        ]

    def current_span(self, place: int) -> int | None:
        """Which of the hits at a place is the current one."""
        if self.current is None or self.current >= len(self.hits):
            return None
        if self.hits[self.current] != place:
            return None
        return self.current - bisect_left(self.hits, place)

    def account(self) -> str:
        """How many there are, as `3 of 14`."""
        if self.query.error:
            return self.query.error
        if self._pattern is None:
            return ""
        count = grouped(len(self.hits))
        count += "+" if len(self.hits) >= MOST else ""
        if not self.hits:
            return "no hits" if self.done else "searching"
        return count if self.current is None else f"{self.current + 1} of {count}"
