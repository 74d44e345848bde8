"""A table of which rows can be chosen by a box at their left."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.deploy.cell_rows import Cell, CellRows

Index = QModelIndex | QPersistentModelIndex


class PickRows(CellRows):
    """Rows go by their first text; `picked` comes with each change of what is chosen."""

    picked = Signal()
    _can: frozenset[str] = frozenset()
    _chosen: frozenset[str] = frozenset()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen rows, in order."""
        return tuple(row[0].text for row in self.rows if row[0].text in self._chosen)

    def offer(self, rows: Sequence[Sequence[Cell]], can: frozenset[str]) -> None:
        """Show others, of which these can be chosen; what was chosen and still can be, stays."""
        self._can, self._chosen = can, self._chosen & can
        self.show_rows(rows)
        self._tell()

    def choose(self, names: frozenset[str]) -> None:
        """Choose these, as far as they can be."""
        self._chosen = names & self._can
        self._tell()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first cell has a box where the row can be chosen."""
        told = super().flags(index)
        if index.isValid() and index.column() == 0 and self._name(index) in self._can:
            return told | Qt.ItemFlag.ItemIsUserCheckable
        return told

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Whether it is chosen, or what CellRows says."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.column() == 0:
            name = self._name(index)
            on = Qt.CheckState.Checked if name in self._chosen else Qt.CheckState.Unchecked
            return on if name in self._can else None
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A click on the box, or Space."""
        if role != Qt.ItemDataRole.CheckStateRole or self._name(index) not in self._can:
            return False
        name = frozenset((self._name(index),))
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self._chosen = self._chosen | name if on else self._chosen - name
        self._tell()
        return True

    def _name(self, index: Index) -> str:
        return self.rows[index.row()][0].text

    def _tell(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.picked.emit()
