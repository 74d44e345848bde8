"""Which records are shown: by text, by what they must not have, by level."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
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

    Lines that tell no level go with INFO. `without` are the workers of a log of several that are
    hidden, by their index. `error` says what is wrong with the expression.
    """

    text: str = ""
    exclude: str = ""
    regex: bool = False
    levels: frozenset[Level] = ALL_LEVELS
    without: frozenset[int] = frozenset()
    error: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "error", wrong(self.text, self.regex) or wrong(self.exclude, self.regex)
        )

    @property
    def shows_all(self) -> bool:
        """Whether nothing is hidden."""
        return not (self.text or self.exclude or self.without) and self.levels == ALL_LEVELS


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
    """The first lines of the records that all these filters let through, found slice by slice."""

    def __init__(self, source: Source, *chosen: Filter) -> None:
        self.starts: list[int] = []
        self._source = source
        self._levels = ALL_LEVELS.intersection(*(each.levels for each in chosen))
        self._without = frozenset[int]().union(*(each.without for each in chosen))
        self._has = _finders((each.text, each.regex) for each in chosen)
        self._has_not = _finders((each.exclude, each.regex) for each in chosen)
        self._tried = source.first
        self._record: _Record | None = None

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
        workers = self._source.workers(start, end) if self._without else None
        for number, mark in enumerate(self._source.marks(start, end), start):
            if mark < CONTINUES or self._record is None:
                self._close()
                wanted = mark & LEVEL in self._levels and (
                    workers is None or workers[number - start] not in self._without
                )
                self._record = _Record(number, wanted, self._has)
            if texts is not None and self._record.wanted:
                self._look(self._record, texts[number - start])
        self._tried = end
        if self.done:
            self._close()

    def _look(self, record: "_Record", text: str) -> None:
        if record.missing:
            record.missing = [has for has in record.missing if not has(text)]
        record.wanted = not any(has(text) for has in self._has_not)

    def _close(self) -> None:
        record, self._record = self._record, None
        if record and record.wanted and not record.missing and record.start not in self.starts[-1:]:
            self.starts.append(record.start)


@dataclass(slots=True)
class _Record:
    """Where it begins, whether anything speaks against it, and what was not found in it yet."""

    start: int
    wanted: bool
    missing: list[Callable[[str], bool]]


def _finders(texts: Iterable[tuple[str, bool]]) -> list[Callable[[str], bool]]:
    return [found for text, regex in texts if (found := finder(text, regex))]
