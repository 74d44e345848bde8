"""The log of one task: its lines from all workers."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from core.logs.level import Level
from core.logs.marks import CONTINUES, LEVEL
from core.logs.store import LogStore
from desktop.logpane.document import Document
from desktop.logpane.frame import LogFrame
from desktop.logpane.task_source import TaskSource
from desktop.logpane.times import TimeFormat
from desktop.theme.theme import Theme

_LEVELS: Final = tuple(Level)


class TaskLog(LogFrame):
    """`names` and `numbers` are those of the workers of these stores; a command has the number 0.

    With `solo` a worker runs one task at a time, and what it prints meanwhile is the task's.
    """

    def __init__(
        self,
        theme: Theme,
        task: str,
        names: tuple[str, ...],
        numbers: tuple[int, ...],
        stores: Sequence[LogStore],
        *,
        solo: bool,
        parent: QWidget | None = None,
    ) -> None:
        self._source = TaskSource(stores, names, task, solo=solo)
        super().__init__(theme, Document(self._source), self.counts, names, parent)
        self.find_bar.setProperty("first", True)
        self.setAccessibleName("Lines of the task")
        self.view.setAccessibleName("Log of the task")
        self.view.show_names(names, numbers)
        self.view.choose(time=TimeFormat.MILLISECONDS)
        self._searching = QTimer(self, interval=0)
        self._searching.timeout.connect(self._search)
        self._searching.start()

    def counts(self) -> Mapping[Level, int]:
        """How many records of each level the task has."""
        marks = self._source.marks(0, self._source.end)
        begun = [mark & LEVEL for mark in marks if mark < CONTINUES]
        return {level: begun.count(level) for level in _LEVELS}

    def grew(self) -> None:
        """There are more lines, which may be the task's."""
        self._searching.start()

    def _search(self) -> None:
        if self._source.search():
            self._searching.stop()
        super().grew()
