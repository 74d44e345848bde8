"""The bar over the logs: how they are laid out, and what concerns all of them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from core.logs.level import Level
from desktop.logpane.levels import LevelChips
from desktop.run.grid import Layout
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
)
FOLLOW: Final = "Follow all"
FOLLOW_KEY: Final = "Ctrl+End"
FILTER_KEY: Final = "Ctrl+Shift+H"


class Toolbar(QWidget):
    """Says what was pressed: `arranged` has a `Layout`. Where it is narrow, it says less."""

    arranged = Signal(str)
    follow_all = Signal()
    filter_asked = Signal(bool)
    levels_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(sizes.TOOLBAR)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._layouts = Segmented(theme, "Layout of the panes", LAYOUTS)
        self._layouts.chosen.connect(self.arranged)
        self.levels = LevelChips(theme)
        self.levels.changed.connect(self.levels_changed)
        self._filter = IconButton(theme, "filter", "Filter all panes", key=FILTER_KEY)
        self._filter.setCheckable(True)
        self._filter.clicked.connect(self.filter_asked)
        self._follow = KeyedButton(
            theme, FOLLOW, self.follow_all.emit, FOLLOW_KEY, icon_name="follow"
        )
        self._follow.setProperty("compact", True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for widget in (self._layouts, self.levels):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in (self._filter, self._follow):
            self._row.addWidget(widget)
        self._steps: tuple[Callable[[bool], object], ...] = (
            lambda on: self._follow.show_key(not on),
            partial(_say_less, self._follow, FOLLOW),
            self.levels.show_short,
        )

    def show_layout(self, layout: Layout) -> None:
        """Show how the panes are laid out."""
        self._layouts.show_value(layout)

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


def _say_less(button: KeyedButton, text: str, less: bool) -> None:
    """Show a button's icon alone; its name is in the tooltip."""
    button.setText("" if less else text)
    button.updateGeometry()
