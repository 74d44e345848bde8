"""Lays panes out beside and below each other."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

GUTTER = 8


class Layout(StrEnum):
    """How many panes are seen at a time, and where."""

    ONE = "one"
    TWO = "two"
    GRID = "grid"
    COLUMNS = "columns"
    MERGED = "merged"


def places(layout: Layout, count: int, first: int = 0) -> dict[int, tuple[int, int]]:
    """Row and column of each pane that is seen, by its number from 0.

    ONE and TWO show so many from `first` on, going round; the others show all. A grid of up to
    eight is never more than three wide, so that a log line keeps its width.
    """
    if count == 0:
        return {}
    match layout:
        case Layout.ONE:
            return {first % count: (0, 0)}
        case Layout.TWO:
            seen = [(first + place) % count for place in range(min(2, count))]
            return {number: (0, place) for place, number in enumerate(seen)}
        case Layout.COLUMNS:
            return {number: (0, number) for number in range(count)}
        case Layout.GRID | Layout.MERGED:
            wide = 1 if count == 1 else 2 if count <= 4 else 3
            return {number: divmod(number, wide) for number in range(count)}


class PaneGrid(QWidget):
    """Holds one widget for each name, in order. A maximised one takes all the place.

    `placed` comes when others may be seen, or another one is maximised.
    """

    placed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes: dict[str, QWidget] = {}
        self._layout = Layout.GRID
        self._first = 0
        self._maximised: str | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GUTTER)

    @property
    def layout_kind(self) -> Layout:
        """How they are laid out."""
        return self._layout

    @property
    def maximised(self) -> str | None:
        """The one that takes all the place."""
        return self._maximised

    def show_panes(self, panes: Mapping[str, QWidget]) -> None:
        """Show these; those that are no longer among them are let go."""
        for name, pane in self._panes.items():
            if panes.get(name) is not pane:
                self._grid.removeWidget(pane)
                pane.hide()
        self._panes = dict(panes)
        if self._maximised not in self._panes:
            self._maximised = None
        self._place()

    def arrange(self, layout: Layout) -> None:
        """Lay them out another way."""
        self._layout = layout
        self._maximised = None
        self._place()

    def bring(self, name: str) -> None:
        """Make sure that this one is seen."""
        if name not in self._panes:
            return
        if self._maximised is not None:
            self._maximised = name
        number = list(self._panes).index(name)
        if number not in places(self._layout, len(self._panes), self._first):
            self._first = number
        self._place()

    def maximise(self, name: str) -> None:
        """Give it all the place, or back to the others."""
        self._maximised = None if self._maximised == name else name
        self._place()

    def visible_names(self) -> tuple[str, ...]:
        """Those that are seen, in reading order."""
        return tuple(name for name, pane in self._panes.items() if not pane.isHidden())

    def _place(self) -> None:
        names = list(self._panes)
        if self._maximised is not None:
            seen = {names.index(self._maximised): (0, 0)}
        else:
            seen = places(self._layout, len(names), self._first)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for number, name in enumerate(names):
            pane = self._panes[name]
            self._grid.removeWidget(pane)
            if number in seen:
                row, column = seen[number]
                self._grid.addWidget(pane, row, column)
                self._grid.setRowStretch(row, 1)
                self._grid.setColumnStretch(column, 1)
            pane.setVisible(number in seen)
        self.placed.emit()
