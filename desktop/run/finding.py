"""One search over all logs, a slice at a time between two events of the window."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from core.logs.query import Query as LogQuery
from core.logs.search import Hit, Search
from core.logs.store import LogStore
from desktop.logpane.find import Query
from desktop.widgets.grouped import grouped

SHOW_S: Final = 0.2
"""How often hits are told while more of them are looked for."""


class Finding(QObject):
    """`logs` gives those that are searched, by worker. `changed` comes with hits and at the end."""

    changed = Signal()

    def __init__(
        self, logs: Callable[[], Mapping[str, LogStore]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.query = Query()
        self.hits: Sequence[Hit] = ()
        """In the order of their time."""
        self._logs = logs
        self._search: Search | None = None
        self._shown = 0.0
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)

    @property
    def searching(self) -> bool:
        """Whether there is more to do."""
        return self._slices.isActive()

    def look_for(self, query: Query) -> None:
        """Begin anew; with an error or without text there is nothing to find."""
        self.query = query
        self.hits = ()
        self._search = None
        self._slices.stop()
        if query.text and not query.error:
            self._search = Search(self._logs(), _asked(query))
            self._shown = time.monotonic()
            self._slices.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Leave it at what was found so far."""
        if self.searching:
            self._end()

    def account(self) -> str:
        """How many hits there are, and where."""
        if self.query.error or self._search is None:
            return self.query.error
        if not self.hits:
            return "searching" if self.searching else "no hits"
        logs = len({hit.worker for hit in self.hits})
        more = "the newest " if self._search.more else ""
        hits = "hit" if len(self.hits) == 1 else "hits"
        return f"{more}{grouped(len(self.hits))} {hits} in {logs} {'log' if logs == 1 else 'logs'}"

    def progress(self) -> str:
        """How much was searched."""
        if self._search is None:
            return ""
        done, lines = grouped(self._search.searched), grouped(self._search.lines)
        return f"searched {done} of {lines} lines"

    def _go_on(self) -> None:
        assert self._search is not None
        if self._search.step():
            self._end()
        elif time.monotonic() - self._shown >= SHOW_S:
            self._shown = time.monotonic()
            self.hits = self._search.hits
            self.changed.emit()

    def _end(self) -> None:
        assert self._search is not None
        self._slices.stop()
        self.hits = self._search.hits
        self.changed.emit()


def _asked(query: Query) -> LogQuery:
    text, regex = query.text, query.regex
    if query.word:
        text, regex = rf"\b(?:{text if regex else re.escape(text)})\b", True
    return LogQuery(text, regex=regex, case=query.case, messages=True)
