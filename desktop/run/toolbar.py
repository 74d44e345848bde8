"""The bar over the logs: how they are laid out, and what concerns all of them."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.run.grid import Layout
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.segmented import Segment, Segmented

LAYOUTS: Final = (
    Segment(Layout.ONE, "One pane", "layout-one"),
    Segment(Layout.TWO, "Two panes", "layout-two"),
    Segment(Layout.GRID, "All panes in a grid", "layout-grid"),
    Segment(Layout.COLUMNS, "All panes in columns", "layout-columns"),
)


class Toolbar(QWidget):
    """Says what was pressed: `arranged` has a `Layout`."""

    arranged = Signal(str)
    follow_all = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(sizes.TOOLBAR)
        self._layouts = Segmented(theme, "Layout of the panes", LAYOUTS)
        self._layouts.chosen.connect(self.arranged)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._layouts)
        row.addStretch(1)
        row.addWidget(
            TextButton(theme, "Follow all", self.follow_all.emit, icon_name="follow", compact=True)
        )

    def show_layout(self, layout: Layout) -> None:
        """Show how the panes are laid out."""
        self._layouts.show_value(layout)
