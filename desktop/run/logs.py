"""The right half of the Run page: the logs of all workers, and the bar over them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.logs.level import Level
from core.logs.store import LogStore
from desktop.logpane.filter import Filter
from desktop.logpane.filterbar import FilterBar
from desktop.run.grid import Layout
from desktop.run.panes import Panes
from desktop.run.toolbar import Toolbar
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme

COUNT_MS: Final = 250
"""How often the counts are told anew while lines come."""


@dataclass(frozen=True, slots=True)
class LogState:
    """What a person chose, to be kept: `levels` has the names of those that are shown."""

    layout: str = Layout.GRID
    text: str = ""
    exclude: str = ""
    regex: bool = False
    levels: tuple[str, ...] = tuple(level.name for level in Level)


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
        self._log = log
        self._names: tuple[str, ...] = ()
        self._filter = Filter()
        self.toolbar = Toolbar(theme)
        self.filter_bar = FilterBar(theme, shared=True)
        self.filter_bar.hide()
        self.panes = Panes(theme, log, address)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.filter_bar)
        column.addWidget(self.panes, 1)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._counting.timeout.connect(self._count)
        self.panes.looked.connect(self._count_soon)
        self.toolbar.arranged.connect(self._arranged)
        self.toolbar.follow_all.connect(self.follow_all)
        self.toolbar.levels_changed.connect(self._choose)
        self.toolbar.filter_asked.connect(self._toggle_filter)
        self.filter_bar.filter_changed.connect(self._choose)
        self.filter_bar.closed.connect(self.close_filter)
        self.arrange(Layout.GRID)

    # --- What is shown ---

    def show_workers(self, rows: Sequence[WorkerRow], changed: frozenset[str]) -> None:
        """Show the logs of these workers; those of `changed` are in another state."""
        self.panes.show_workers(rows, changed)
        names = tuple(row.worker.name for row in rows)
        if names != self._names:
            self._names = names
            self._share()
            self._count()

    def grew(self, names: frozenset[str]) -> None:
        """These logs have more lines."""
        self.panes.grew(names)
        self._count_soon()

    def _count_soon(self) -> None:
        if not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        counts = [self._log(name).counts for name in self._names]
        self.toolbar.show_counts({level: sum(each[level] for each in counts) for level in Level})
        shows_all = self._filter.shows_all
        shown = None if shows_all else sum(pane.document.count for pane in self.panes)
        self.filter_bar.show_shown(shown)

    # --- What is chosen ---

    def state(self) -> LogState:
        """What a person chose, to be kept."""
        chosen = self._filter
        levels = tuple(level.name for level in sorted(chosen.levels))
        layout = self.panes.grid.layout_kind
        return LogState(layout, chosen.text, chosen.exclude, chosen.regex, levels)

    def restore(self, state: LogState) -> None:
        """Choose what was chosen before; what is not known any more is left out."""
        if state.layout in list(Layout):
            self.arrange(Layout(state.layout))
        levels = frozenset(level for level in Level if level.name in state.levels)
        chosen = Filter(state.text, state.exclude, state.regex, levels)
        self.filter_bar.show_filter(chosen)
        self.toolbar.levels.show_levels(levels)
        if state.text or state.exclude:
            self.open_filter()
        self._choose()

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

    # --- Filtering all of them ---

    def open_filter(self) -> None:
        """Open the bar for filtering all panes."""
        self.toolbar.show_filter(True)
        self.filter_bar.show()
        self.filter_bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_filter(self) -> None:
        """Close the bar; the levels stay as they are chosen."""
        self.toolbar.show_filter(False)
        self.filter_bar.hide()
        self.filter_bar.show_filter(Filter())
        self._choose()
        self.panes.take_focus()

    def _toggle_filter(self, shown: bool) -> None:
        (self.open_filter if shown else self.close_filter)()

    def _choose(self) -> None:
        chosen = replace(self.filter_bar.filter, levels=self.toolbar.levels.levels)
        if not chosen.error and chosen != self._filter:
            self._filter = chosen
            self._share()
            self._count()

    def _share(self) -> None:
        for pane in self.panes:
            if pane.document.shared != self._filter:
                pane.view.show_only(self._filter, shared=True)
