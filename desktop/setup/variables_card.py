"""The variables of a project by name: values masked, each with the place it comes from."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.project.finding import Found, Part
from core.setup.trial import State, Trial
from desktop.setup.part_row import PartRow
from desktop.setup.words import masked, said_of, source
from desktop.theme import tokens as sizes
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.labels import label
from desktop.widgets.table import Table

HEADS: Final = ("NAME", "VALUE", "FROM")
WIDTHS: Final = (210, 220)
INSET: Final = 38
"""Pixels, so that the names stand below the title of the card."""
MOST: Final = 8
"""Rows that are seen without scrolling."""
Index = QModelIndex | QPersistentModelIndex
NOBODY: Final = QModelIndex()


class VariableRows(QAbstractTableModel):
    """A row for each; it holds what is shown, and no value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, str, str], ...] = ()

    def show_found(self, found: Found | None) -> None:
        """Show those of this project."""
        rows = found.env if found else ()
        root = found.root if found else None
        shown = tuple(
            (each.name, masked(each), source(each, root)) for each in rows if root is not None
        )
        if shown != self._rows:
            self.beginResetModel()
            self._rows = shown
            self.endResetModel()

    def rowCount(self, parent: Index = NOBODY) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOBODY) -> int:
        """As the heads say."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, in the font of code but for the place."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.FontRole and index.column() < 2:
            return mono_font()
        return None


class VariablesCard(QFrame):
    """Notes on odd lines stand below the table."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rows = VariableRows(self)
        self.row = PartRow(theme, Part.VARIABLES)
        self._table = Table(
            theme, self.rows, "Variables", row_height=sizes.TABLE_ROW, wide=len(HEADS) - 1
        )
        self._table.setProperty("role", "lines")
        for column, width in enumerate(WIDTHS):
            self._table.setColumnWidth(column, width)
        self.notes = label("", "dim", wrap=True)
        self.notes.setContentsMargins(16, 4, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.setSpacing(0)
        inset = QVBoxLayout()
        inset.setContentsMargins(INSET, 0, 16, 8)
        inset.addWidget(self._table)
        column.addWidget(self.row)
        column.addLayout(inset)
        column.addWidget(self.notes)

    def show_trial(self, trial: Trial) -> None:
        """How far it is."""
        state, error = trial.state(Part.VARIABLES), trial.faults.get(Part.VARIABLES)
        self.row.show_part(state, said_of(Part.VARIABLES, trial), error)
        self.rows.show_found(trial.found)
        count = self.rows.rowCount()
        head = self._table.horizontalHeader().sizeHint().height()
        self._table.setFixedHeight(head + min(count, MOST) * sizes.TABLE_ROW + 2)
        self._table.setVisible(count > 0)
        notes = trial.found.env_notes if trial.found and state is not State.FAULT else ()
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
