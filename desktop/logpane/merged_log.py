"""All workers' logs in one, in order of time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from core.logs.level import Level
from core.logs.store import LogStore
from desktop.logpane.document import Document
from desktop.logpane.frame import LogFrame
from desktop.logpane.merged import MergedSource
from desktop.logpane.notes import Note
from desktop.logpane.times import TimeFormat
from desktop.theme.theme import Theme


class MergedLog(LogFrame):
    """Each row has the stripe and the name of its worker; the first one has the number 1."""

    def __init__(
        self,
        theme: Theme,
        names: Sequence[str],
        stores: Sequence[LogStore],
        parent: QWidget | None = None,
    ) -> None:
        self._stores = stores
        document = Document(MergedSource(stores, names))
        super().__init__(theme, document, self.counts, tuple(names), parent)
        self.find_bar.setProperty("first", True)
        self.setAccessibleName("All workers")
        self.view.setAccessibleName("Log of all workers")
        self.view.choose(time=TimeFormat.MILLISECONDS)

    def counts(self) -> Mapping[Level, int]:
        """How many records of each level came from all workers."""
        return {level: sum(store.counts[level] for store in self._stores) for level in Level}

    def add_note(self, text: str, at: datetime | None = None) -> None:
        """Say something behind what is there now."""
        self.document.grow()
        self.document.add_note(Note(self.document.source.end, at, text))
        self.view.lay_out()
