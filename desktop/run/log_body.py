"""Where logs are seen: panes, the log of all, or that of a task with its life beside it."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.logpane.frame import LogFrame
from desktop.run.all_workers import AllWorkers
from desktop.run.grid import Layout
from desktop.run.panes import Panes
from desktop.run.task_follower import TaskFollower


class LogBody(QWidget):
    """Shows one of them at a time."""

    def __init__(
        self,
        panes: Panes,
        merged: AllWorkers,
        follower: TaskFollower,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._panes = panes
        self._merged = merged
        self._follower = follower
        self._stack = QStackedWidget()
        self._stack.addWidget(panes)
        self._stack.addWidget(merged)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._stack, 1)
        row.addWidget(follower.drawer)

    @property
    def shows_panes(self) -> bool:
        """Whether the panes are seen."""
        return self._stack.currentWidget() is self._panes

    @property
    def shows_merged(self) -> bool:
        """Whether the log of all is."""
        return self._stack.currentWidget() is self._merged

    def frame(self) -> LogFrame:
        """The log that keys are for."""
        seen = self._panes.current() if self.shows_panes else self._stack.currentWidget()
        return seen if isinstance(seen, LogFrame) else self._merged

    def show_layout(self, layout: Layout) -> None:
        """Show the lines of a task, alone or among all; else the logs in this layout."""
        log = self._follower.log
        if log is not None and self._stack.indexOf(log) < 0:
            self._stack.addWidget(log)
            self._panes.listen(log)
        if log is not None and self._follower.alone:
            self._stack.setCurrentWidget(log)
        elif log is not None or layout is Layout.MERGED:
            self._stack.setCurrentWidget(self._merged)
        else:
            self._stack.setCurrentWidget(self._panes)
