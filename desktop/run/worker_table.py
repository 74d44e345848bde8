"""The worker table: who is up, what each is doing, what failed."""

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from core.workers.phase import Phase
from desktop.run.foreign_rows import Heading
from desktop.run.worker_delegate import (
    HEADING,
    HEADING_MORE,
    SECOND_LINE,
    WIDTHS,
    WorkerDelegate,
)
from desktop.run.worker_rows import Column, WorkerRow, WorkerRows
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.table import Table

NARROW: Final = 400
"""px, below which there is no room for the curves."""


class WorkerTable(Table):
    """One worker can be current; `chosen` has its name, `maximise` that of a double click.

    `force` has the name of one that is to stop at once. Workers of others can be read only.
    """

    chosen = Signal(str)
    force = Signal(str)
    maximise = Signal(str)

    def __init__(self, theme: Theme, rows: WorkerRows, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            rows,
            "Workers",
            row_height=sizes.WORKER_ROW,
            wide=Column.STATE,
            least_width=40,
            parent=parent,
        )
        self._theme = theme
        self._rows = rows
        self._chosen: str | None = None
        self._buttons: dict[str, TextButton] = {}
        self.setItemDelegate(WorkerDelegate(theme, self))
        self.setColumnWidth(Column.WORKER, 112)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._double_clicked)
        rows.modelReset.connect(self._lay_out)
        rows.dataChanged.connect(self._place_buttons)
        self._lay_out()

    def choose(self, name: str) -> None:
        """Make a worker the current one."""
        row = self._rows.row(name)
        if row is not None:
            self.selectRow(row)

    def current(self) -> str | None:
        """The node name of the current worker, if it is one of ours."""
        index = self.currentIndex()
        return self._name(index.row()) if index.isValid() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow table leaves out what workers use."""
        self.setColumnHidden(Column.LOAD, self.width() < NARROW)
        super().resizeEvent(event)
        self._place_buttons()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The buttons stay with their rows."""
        super().scrollContentsBy(dx, dy)
        self._place_buttons()

    def _lay_out(self) -> None:
        """Headings are lower than workers, and go from side to side."""
        self.clearSpans()
        for place in range(self._rows.rowCount()):
            line = self._rows.at(place)
            if isinstance(line, Heading):
                self.setSpan(place, 0, 1, len(Column))
                self.setRowHeight(place, HEADING_MORE if line.more else HEADING)
        if self._chosen is not None:
            self.choose(self._chosen)
        self._place_buttons()

    def _place_buttons(self) -> None:
        """A worker that is stopping can be forced where it says when it will be."""
        stopping = {
            row.worker.name: row for row in self._rows.ours if row.worker.phase is Phase.STOPPING
        }
        for name in self._buttons.keys() - stopping.keys():
            button = self._buttons.pop(name)
            button.hide()
            button.deleteLater()
        for name, row in stopping.items():
            if name not in self._buttons:
                self._buttons[name] = self._button(name, row.name)
            place = self._rows.row(name)
            assert place is not None
            box = self.visualRect(self._rows.index(place, Column.FAILED))
            button = self._buttons[name]
            button.resize(button.sizeHint())
            middle = box.top() + SECOND_LINE - button.height() // 2
            button.move(box.right() - button.width(), middle + 1)
            button.show()

    def _button(self, node: str, name: str) -> TextButton:
        button = TextButton(
            self._theme,
            "Force now",
            partial(self.force.emit, node),
            role="danger",
            compact=True,
            parent=self.viewport(),
        )
        button.setAccessibleName(f"Force {name} now")
        button.setToolTip(f"Break off what {name} does, and end it")
        return button

    def _current_changed(self, index: QModelIndex, before: QModelIndex) -> None:
        name = self._name(index.row()) if index.isValid() else None
        if name is not None:
            self._chosen = name
            self.chosen.emit(name)

    def _double_clicked(self, index: QModelIndex) -> None:
        name = self._name(index.row())
        if name is not None:
            self.maximise.emit(name)

    def _name(self, row: int) -> str | None:
        line = self._rows.at(row)
        return line.worker.name if isinstance(line, WorkerRow) else None
