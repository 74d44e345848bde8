"""Lays panes out beside and below each other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log
from typing import Final

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

GUTTER = 8
ENOUGH: Final = (300, 130)
"""Pixels in which lines are readable, and there are some of them."""
BEST: Final = 1.5
NARROWEST: Final = 200
"""Pixels that the head of a pane needs."""


class Layout(StrEnum):
    """How many panes are seen at a time, and where."""

    ONE = "one"
    TWO = "two"
    GRID = "grid"
    COLUMNS = "columns"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a pane is; it reaches over so many columns."""

    row: int
    column: int
    columns: int = 1


def columns_of(layout: Layout, count: int, width: int, height: int) -> int:
    """In how many columns so many panes stand, where there is this room.

    A grid has panes in which lines are readable and there are several of them; among those, panes
    near the proportions of `BEST`. Columns stand in one row as long as they are not too narrow.
    """
    if count == 0:
        return 1
    if layout is Layout.COLUMNS:
        return max(1, min(count, width // NARROWEST))

    def merit(columns: int) -> tuple[float, float]:
        wide, high = width / columns, height / -(-count // columns)
        room = min(1.0, wide / ENOUGH[0], high / ENOUGH[1])
        return room, -abs(log(max(wide, 1) / max(high, 1) / BEST))

    return max(range(1, count + 1), key=merit)


def cells(layout: Layout, count: int, first: int = 0, columns: int = 2) -> dict[int, Cell]:
    """Where each pane that is seen stands, by its number from 0.

    ONE and TWO show so many from `first` on, going round; the others show all, in `columns`. The
    last one takes what is left of its row.
    """
    if count == 0:
        return {}
    match layout:
        case Layout.ONE:
            return {first % count: Cell(0, 0)}
        case Layout.TWO:
            seen = [(first + place) % count for place in range(min(2, count))]
            return {number: Cell(0, place) for place, number in enumerate(seen)}
        case Layout.GRID | Layout.COLUMNS | Layout.MERGED:
            made = {number: Cell(*divmod(number, columns)) for number in range(count)}
            last = made[count - 1]
            return {**made, count - 1: replace(last, columns=columns - last.column)}


def boxes(seen: Mapping[int, Cell], width: int, height: int) -> dict[int, QRect]:
    """The pixels of each cell in this room, of which all rows are alike, and all columns."""
    rows = 1 + max((cell.row for cell in seen.values()), default=0)
    columns = max((cell.column + cell.columns for cell in seen.values()), default=1)

    def edge(room: int, parts: int, place: int) -> int:
        return place * (room + GUTTER) // parts

    made: dict[int, QRect] = {}
    for number, cell in seen.items():
        left, right = (
            edge(width, columns, place) for place in (cell.column, cell.column + cell.columns)
        )
        top, bottom = (edge(height, rows, place) for place in (cell.row, cell.row + 1))
        made[number] = QRect(left, top, right - left - GUTTER, bottom - top - GUTTER)
    return made


class PaneGrid(QWidget):
    """Holds one widget for each name, in order. A maximised one takes all the place.

    What one of them would like to have makes it no larger than the others: it has to fit in.
    `placed` comes when others may be seen, or another one is maximised.
    """

    placed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes: dict[str, QWidget] = {}
        self._layout = Layout.GRID
        self._first = 0
        self._columns = 0
        self._maximised: str | None = None
        self._seen: dict[int, Cell] = {}

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
                pane.hide()
        self._panes = dict(panes)
        for pane in panes.values():
            if pane.parent() is not self:
                pane.setParent(self)
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
        if number not in cells(self._layout, len(self._panes), self._first):
            self._first = number
        self._place()

    def maximise(self, name: str) -> None:
        """Give it all the place, or back to the others; one that is not there changes nothing."""
        if name in self._panes:
            self._maximised = None if self._maximised == name else name
            self._place()

    def visible_names(self) -> tuple[str, ...]:
        """Those that are seen, in reading order."""
        return tuple(name for name, pane in self._panes.items() if not pane.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for another number of columns."""
        super().resizeEvent(event)
        if self._columns != self._wanted():
            self._place()
        else:
            self._fit()

    def _wanted(self) -> int:
        return columns_of(self._layout, len(self._panes), self.width(), self.height())

    def _place(self) -> None:
        names = list(self._panes)
        self._columns = self._wanted()
        if self._maximised is not None:
            seen = {names.index(self._maximised): Cell(0, 0)}
        else:
            seen = cells(self._layout, len(names), self._first, self._columns)
        self._seen = seen
        self._fit()
        for number, pane in enumerate(self._panes.values()):
            pane.setVisible(number in seen)
        self.placed.emit()

    def _fit(self) -> None:
        panes = list(self._panes.values())
        for number, box in boxes(self._seen, self.width(), self.height()).items():
            panes[number].setGeometry(box)
