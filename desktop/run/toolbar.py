"""The bar over the logs: how they are laid out, and what concerns all of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from core.logs.level import Level
from desktop.logpane.levels import LevelChips
from desktop.run.grid import Layout
from desktop.run.worker_chips import WorkerChips
from desktop.run.worker_rows import WorkerRow
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.keyed_button import KeyedButton
from desktop.widgets.segmented import Segment, Segmented

LAYOUTS: Final = (
    Segment(Layout.ONE, "One pane", "layout-one"),
    Segment(Layout.TWO, "Two panes", "layout-two"),
    Segment(Layout.GRID, "All panes in a grid", "layout-grid"),
    Segment(Layout.COLUMNS, "All panes in columns", "layout-columns"),
    Segment(Layout.MERGED, "All workers in one log", "layout-merged"),
)
FOLLOW: Final = "Follow all"
FOLLOW_KEY: Final = "Ctrl+End"
FIND: Final = "Find in {}"
FIND_KEY: Final = "Ctrl+Shift+F"
LOCK_KEY: Final = "Ctrl+Shift+T"
FILTER_KEY: Final = "Ctrl+Shift+H"


class Toolbar(QWidget):
    """Says what was pressed: `arranged` has a `Layout`. Where it is narrow, it says less."""

    arranged = Signal(str)
    follow_all = Signal()
    filter_asked = Signal(bool)
    levels_changed = Signal()
    workers_changed = Signal()
    wrap_asked = Signal(bool)
    lock_asked = Signal(bool)
    find_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(sizes.TOOLBAR)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._layouts = Segmented(theme, "Layout of the panes", LAYOUTS)
        self._layouts.chosen.connect(self.arranged)
        self._finds = FIND.format("all panes")
        self._find = KeyedButton(
            theme, self._finds, self.find_asked.emit, FIND_KEY, icon_name="find", role="field"
        )
        self._find.setProperty("compact", True)
        self.workers = WorkerChips(theme)
        self.workers.changed.connect(self.workers_changed)
        self.levels = LevelChips(theme)
        self.levels.changed.connect(self.levels_changed)
        self._filter = IconButton(theme, "filter", "Filter all panes", key=FILTER_KEY)
        self._filter.setCheckable(True)
        self._filter.clicked.connect(self.filter_asked)
        self._lock = IconButton(theme, "clock", "Keep all panes at one moment", key=LOCK_KEY)
        self._lock.setCheckable(True)
        self._lock.clicked.connect(self.lock_asked)
        self._wrap = IconButton(theme, "wrap", "Wrap long lines")
        self._wrap.setCheckable(True)
        self._wrap.clicked.connect(self.wrap_asked)
        self._locks = True
        self._says = FOLLOW
        self._follow = KeyedButton(
            theme, FOLLOW, self.follow_all.emit, FOLLOW_KEY, icon_name="follow"
        )
        self._follow.setProperty("compact", True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for widget in (self._layouts, self._find, self.workers, self.levels):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in (self._filter, self._lock, self._wrap, self._follow):
            self._row.addWidget(widget)
        self._steps: tuple[Callable[[bool], object], ...] = (
            lambda on: self._follow.show_key(not on),
            lambda on: self._find.show_key(not on),
            self._find_less,
            self._follow_less,
            self.workers.show_short,
            self.levels.show_short,
            self._lock_less,
        )

    def show_layout(self, layout: Layout) -> None:
        """Show how the panes are laid out."""
        self._layouts.show_value(layout)
        for widget in (self.workers, self._wrap):
            widget.setVisible(layout is Layout.MERGED)
        self._find.setVisible(layout is not Layout.MERGED)
        self._locks = layout is not Layout.MERGED
        self._fit()

    def show_workers(self, rows: Sequence[WorkerRow]) -> None:
        """Show a chip for each, where there is one log of all."""
        self.workers.show_workers(rows)
        self._finds = FIND.format(f"{len(rows)} panes" if len(rows) != 1 else "the pane")
        self._find.setAccessibleName(self._finds)
        self._fit()

    def show_locked(self, on: bool) -> None:
        """Show whether the panes are kept at one moment."""
        self._lock.setChecked(on)

    def show_following(self, on: bool | None) -> None:
        """Say whether the one log is followed; None for several."""
        self._says = FOLLOW if on is None else "Following" if on else "Follow is paused"
        self._follow.setAccessibleName(self._says)
        self._fit()

    def show_counts(self, counts: Mapping[Level, int]) -> None:
        """Show how many records of each level all panes have."""
        self.levels.show_counts(counts)
        self._fit()

    def show_filter(self, shown: bool) -> None:
        """Show whether the bar for filtering is open."""
        self._filter.setChecked(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for more, or for less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say all there is to say, and then less, step by step, until it has room."""
        for step in self._steps:
            step(False)
        for step in self._steps:
            self._row.invalidate()
            if self._row.sizeHint().width() <= self.width():
                return
            step(True)

    def _find_less(self, less: bool) -> None:
        self._find.setText("" if less else self._finds)
        self._find.updateGeometry()

    def _lock_less(self, less: bool) -> None:
        """It has a key, and stands among all commands."""
        self._lock.setVisible(self._locks and not less)

    def _follow_less(self, less: bool) -> None:
        self._follow.setText("" if less else self._says)
        self._follow.updateGeometry()
