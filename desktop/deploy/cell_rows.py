"""A table of words: each cell with a shape or a tone where it has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QFont

from desktop.theme import tokens as sizes
from desktop.theme.icons import icon
from desktop.theme.style import mono_font, ui_font
from desktop.theme.theme import Theme
from desktop.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex
NOBODY: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """`colour` is a token, also of the icon; `hint` is the tooltip, the text where it is empty."""

    text: str
    colour: str = "text"
    icon_name: str = ""
    mono: bool = False
    strong: bool = False
    hint: str = ""


class CellRows(QAbstractTableModel):
    """Holds what is shown."""

    def __init__(self, theme: Theme, heads: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heads = tuple(heads)
        self._rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[Sequence[Cell]], heads: Sequence[str] = ()) -> None:
        """Show others, below other heads where these are given."""
        wanted = tuple(tuple(row) for row in rows)
        heads = tuple(heads) or self._heads
        if (wanted, heads) != (self._rows, self._heads):
            self.beginResetModel()
            self._rows, self._heads = wanted, heads
            self.endResetModel()

    def rowCount(self, parent: Index = NOBODY) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOBODY) -> int:
        """As the heads say."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, their font, their colour, their shape."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        tokens = self._theme.tokens
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return cell.hint or cell.text
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(getattr(tokens, cell.colour))
            case Qt.ItemDataRole.DecorationRole if cell.icon_name:
                return icon(cell.icon_name, getattr(tokens, cell.colour))
            case Qt.ItemDataRole.FontRole:
                return _font(cell)
            case _:
                return None


def _font(cell: Cell) -> QFont:
    font = mono_font() if cell.mono else ui_font()
    if cell.strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font


class CellTable(Table):
    """As high as its rows: what is around it scrolls, unless there are more of them than `most`.

    `widths` are those of the other columns.
    """

    def __init__(
        self,
        theme: Theme,
        model: CellRows,
        name: str,
        widths: Sequence[int],
        *,
        wide: int,
        most: int | None = None,
    ) -> None:
        super().__init__(theme, model, name, row_height=sizes.TABLE_ROW, wide=wide)
        self.setProperty("role", "lines")
        if most is None:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._most = most
        self._widths = tuple(widths)
        model.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for column, width in enumerate(self._widths[: self.model().columnCount()]):
            if width:
                self.setColumnWidth(column, width)
        head = self.horizontalHeader().sizeHint().height()
        rows = self.model().rowCount()
        rows = rows if self._most is None else min(rows, self._most)
        self.setFixedHeight(head + rows * sizes.TABLE_ROW + 2)
