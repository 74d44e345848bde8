"""The right half of the Run page: the logs of all workers, and the bar over them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.logs.store import LogStore
from desktop.run.grid import Layout
from desktop.run.panes import Panes
from desktop.run.toolbar import Toolbar
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme


class Logs(QWidget):
    """`log` gives a worker's store, `address` where a command is to be seen in a browser."""

    def __init__(
        self,
        theme: Theme,
        log: Callable[[str], LogStore],
        address: Callable[[str], str | None] = lambda name: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.toolbar = Toolbar(theme)
        self.panes = Panes(theme, log, address)
        self.toolbar.arranged.connect(self._arranged)
        self.toolbar.follow_all.connect(self.follow_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.panes, 1)
        self.arrange(Layout.GRID)

    def show_workers(self, rows: Sequence[WorkerRow], changed: frozenset[str]) -> None:
        """Show the logs of these workers; those of `changed` are in another state."""
        self.panes.show_workers(rows, changed)

    def grew(self, names: frozenset[str]) -> None:
        """These logs have more lines."""
        self.panes.grew(names)

    def arrange(self, layout: Layout) -> None:
        """Lay the logs out another way."""
        self.toolbar.show_layout(layout)
        self.panes.grid.arrange(layout)

    def follow_all(self) -> None:
        """Go to the end of every log and stay there."""
        for pane in self.panes:
            pane.view.follow(True)

    def _arranged(self, layout: str) -> None:
        self.arrange(Layout(layout))
