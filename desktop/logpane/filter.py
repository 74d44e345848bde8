"""Which records are shown: by text, by what they must not have, by level."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from core.errors import FleetError
from core.logs.level import Level
from core.logs.marks import CONTINUES, LEVEL
from core.logs.pattern import Pattern
from core.logs.query import ALL_LEVELS
from desktop.logpane.source import Source

SLICE: Final = 2000
"""Lines that are tried in one go: some milliseconds."""


@dataclass(frozen=True, slots=True)
class Filter:
    """`text` has to be in a record, `exclude` must not be; no regard to case.

    Lines that tell no level go with INFO. `error` says what is wrong with the expression.
    """

    text: str = ""
    exclude: str = ""
    regex: bool = False
    levels: frozenset[Level] = ALL_LEVELS
    error: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "error", wrong(self.text, self.regex) or wrong(self.exclude, self.regex)
        )

    @property
    def shows_all(self) -> bool:
        """Whether nothing is hidden."""
        return not (self.text or self.exclude) and self.levels == ALL_LEVELS


def wrong(text: str, regex: bool) -> str:
    """What is wrong with a regular expression; empty when nothing is."""
    try:
        pattern(text, regex)
    except FleetError as error:
        return error.why.splitlines()[0]
    return ""


def pattern(text: str, regex: bool, *, case: bool = False, word: bool = False) -> Pattern:
    """What finds a text; with `word` it has to stand alone. Raises FleetError as Pattern does."""
    if not word:
        return Pattern(text, regex=regex, case=case)
    return Pattern(rf"\b(?:{text if regex else re.escape(text)})\b", regex=True, case=case)


def finder(text: str, regex: bool) -> Callable[[str], bool] | None:
    """Says whether a message has a text; None when there is none."""
    if not text:
        return None
    if regex:
        spans = pattern(text, regex).spans
        return lambda message: bool(spans(message))
    wanted = text.lower()
    return lambda message: wanted in message.lower()


class Matches:
    """The first lines of the records that a filter lets through, found slice by slice."""

    def __init__(self, source: Source, chosen: Filter) -> None:
        self.starts: list[int] = []
        self.filter = chosen
        self._source = source
        self._has = finder(chosen.text, chosen.regex)
        self._has_not = finder(chosen.exclude, chosen.regex)
        self._tried = source.first
        self._record: tuple[int, int, bool, bool] | None = None  # start, level, has, has not

    @property
    def done(self) -> bool:
        """Whether all that is held has been tried."""
        return self._tried >= self._source.end

    def changed(self, line: int, first: int) -> None:
        """The record at `line` and what follows may be others; what is before `first` is gone."""
        del self.starts[: bisect_left(self.starts, first)]
        self._tried = max(self._tried, first)
        if line < self._tried:
            del self.starts[bisect_left(self.starts, line) :]
            self._tried = max(line, first)
            self._record = None

    def go_on(self) -> None:
        """Try the next slice. A record that may still grow counts as it is."""
        start = self._tried
        end = min(start + SLICE, self._source.end)
        texts = self._source.messages(start, end) if self._has or self._has_not else None
        for number, mark in enumerate(self._source.marks(start, end), start):
            if mark < CONTINUES or self._record is None:
                self._close()
                self._record = (number, mark & LEVEL, self._has is None, False)
            if texts is not None:
                self._look(texts[number - start])
        self._tried = end
        if self.done:
            self._close()

    def _look(self, text: str) -> None:
        assert self._record
        start, level, has, has_not = self._record
        has = has or (self._has is not None and self._has(text))
        has_not = has_not or (self._has_not is not None and self._has_not(text))
        self._record = (start, level, has, has_not)

    def _close(self) -> None:
        if self._record:
            start, level, has, has_not = self._record
            if (
                has
                and not has_not
                and level in self.filter.levels
                and start not in self.starts[-1:]
            ):
                self.starts.append(start)
            self._record = None
