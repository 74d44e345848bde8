"""Follows one task: its lines over all workers, alone or among the others, and its life."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.tasks.task import Task
from desktop.logpane.task_log import TaskLog
from desktop.run.all_workers import AllWorkers
from desktop.run.task_drawer import TaskDrawer
from desktop.run.task_life import life_of
from desktop.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Books:
    """Where tasks are looked up, `now` in the same monotonic seconds.

    `solo`: a worker runs one task at a time, so that what it prints meanwhile is the task's.
    """

    task: Callable[[str], Task | None] = lambda task_id: None
    now: Callable[[], float] = time.monotonic
    solo: bool = True


class TaskFollower(QObject):
    """`changed` comes when another task is followed, or its lines are seen another way."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        books: Books,
        merged: AllWorkers,
        number: Callable[[str], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.task: str | None = None
        """The id of the one that is followed."""
        self.alone = True
        """Whether its lines are seen without the others."""
        self.log: TaskLog | None = None
        self.drawer = TaskDrawer(theme, number)
        self.drawer.hide()
        self.drawer.closed.connect(self.leave)
        self.drawer.only.connect(self.show_alone)
        self._theme = theme
        self._books = books
        self._merged = merged

    def follow(self, task_id: str) -> None:
        """Show this task instead of the one before."""
        self._let_go()
        self.task = task_id
        view = self._merged.view
        self.log = TaskLog(
            self._theme,
            task_id,
            view.names,
            view.numbers,
            self._merged.stores,
            solo=self._books.solo,
        )
        self.refresh()
        self.drawer.show()
        self.show_alone(True)

    def leave(self) -> None:
        """Follow none."""
        if self.task is not None:
            self.task = None
            self._let_go()
            self.drawer.hide()
            self.changed.emit()

    def show_alone(self, alone: bool) -> None:
        """Show its lines alone, or marked among all others."""
        if alone:
            self._unmark()
        self.alone = alone
        self.drawer.show_alone(alone)
        self.changed.emit()
        if not alone:
            assert self.task is not None
            self._merged.find_bar.open(self.task)

    def moved(self, tasks: Collection[str]) -> None:
        """These tasks have changed."""
        if self.task in tasks:
            self.refresh()

    def refresh(self) -> None:
        """Something of the life may be another: at least the ages."""
        if self.task is not None:
            task = self._books.task(self.task)
            life = None if task is None else life_of(task, self._books.now())
            self.drawer.show_task(self.task, life)

    def joined(self) -> None:
        """There are other workers, which may have lines of it."""
        if self.task is not None:
            alone = self.alone
            self.follow(self.task)
            if not alone:
                self.show_alone(False)

    def grew(self) -> None:
        """Logs have more lines."""
        if self.log is not None:
            self.log.grew()

    def _let_go(self) -> None:
        self._unmark()
        if self.log is not None:
            self.log.hide()
            self.log.deleteLater()
            self.log = None

    def _unmark(self) -> None:
        """What was marked for it among all lines is marked no more."""
        bar = self._merged.find_bar
        if not self.alone and not bar.isHidden():
            self._merged.close_find()
        self.alone = True
