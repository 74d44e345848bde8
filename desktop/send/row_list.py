"""A list of rows with two lines each: tasks, templates, recent calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.theme.icons import pixmap
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens
from desktop.widgets.option import box_of, state_of
from desktop.widgets.row_view import RowView

ROW: Final = 48
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
KEY_ROLE: Final = ROW_ROLE + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """`key` says which one it is. `found` are the places of letters that were searched for.

    `code`: the title is a task's name. `right` stands at the end of the first line, `below_right`
    at that of the second.
    """

    key: str
    title: str
    detail: str
    right: str = ""
    below_right: str = ""
    found: tuple[int, ...] = ()
    code: bool = True
    detail_is_code: bool = False


class RowModel(QAbstractListModel):
    """Shows rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; nothing is reset where only their words are others."""
        same = [row.key for row in rows] == [row.key for row in self._rows]
        if not same:
            self.beginResetModel()
        self._rows = tuple(rows)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))

    def rows(self) -> Sequence[Row]:
        """All of them."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title; the whole row in `ROW_ROLE`, which one it is in `KEY_ROLE`."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == ROW_ROLE:
            return row
        if role == KEY_ROLE:
            return row.key
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{row.detail}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title, row.detail, row.below_right, row.right)
            return ", ".join(part for part in parts if part)
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints a row, after an icon if the list has one."""

    def __init__(self, theme: Theme, parent: QListView, icon_name: str) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent
        self._icon_name = icon_name

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All of one height."""
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        tokens = self._theme.tokens
        row: Row = index.data(ROW_ROLE)
        box = box_of(option)
        state = state_of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, tokens, state)
        left = box.left() + 12
        if self._icon_name:
            icon = pixmap(self._icon_name, tokens.text2, 16, self._list.devicePixelRatioF())
            painter.drawPixmap(round(box.left() + 8), round(box.center().y() - 8), icon)
            left = box.left() + 34
        right = box.right() - 12
        first = QRectF(left, box.top() + 5, right - left, 20)
        second = QRectF(left, box.top() + 24, right - left, 18)
        small = QFont(self._list.font())
        small.setPixelSize(12)
        first.setRight(self._right(painter, first, row.right, small, tokens))
        second.setRight(self._right(painter, second, row.below_right, small, tokens))
        self._title(painter, first, row, tokens)
        painter.setPen(QColor(tokens.dim))
        _elided(painter, second, row.detail, mono_font() if row.detail_is_code else small)
        painter.restore()

    def _ground(
        self, painter: QPainter, box: QRectF, tokens: Tokens, state: QStyle.StateFlag
    ) -> None:
        ground = None
        if state & QStyle.StateFlag.State_Selected:
            ground = tokens.hover
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = tokens.raised
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        if state & QStyle.StateFlag.State_Selected:
            bar = QRectF(box.left(), box.top() + 12, 3, box.height() - 24)
            painter.fillRect(bar, QColor(tokens.acc))

    def _right(
        self, painter: QPainter, box: QRectF, text: str, font: QFont, tokens: Tokens
    ) -> float:
        """Where the words before it have to end."""
        if not text:
            return box.right()
        painter.setFont(font)
        painter.setPen(QColor(tokens.dim))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return box.right() - QFontMetricsF(font).horizontalAdvance(text) - 8

    def _title(self, painter: QPainter, box: QRectF, row: Row, tokens: Tokens) -> None:
        """Letters that were found are in another colour, and bold."""
        font = mono_font() if row.code else QFont(self._list.font())
        font.setWeight(QFont.Weight.Medium)
        painter.setPen(QColor(tokens.text))
        if not row.found:
            _elided(painter, box, row.title, font)
            return
        bold = QFont(font)
        bold.setWeight(QFont.Weight.Bold)
        found = frozenset(row.found)
        left = box.left()
        for place, letter in enumerate(row.title):
            its = bold if place in found else font
            width = QFontMetricsF(its).horizontalAdvance(letter)
            if left + width > box.right():
                break
            painter.setFont(its)
            painter.setPen(QColor(tokens.acc if place in found else tokens.text))
            cell = QRectF(left, box.top(), width + 2, box.height())
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, letter)
            left += width


class RowList(RowView):
    """`chosen` has the key of a row that was clicked or entered, `forgotten` one to take away."""

    def __init__(
        self, theme: Theme, name: str, icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        self.rows = RowModel()
        super().__init__(theme, name, self.rows, KEY_ROLE, parent)
        self.rows.setParent(self)
        self.setItemDelegate(RowDelegate(theme, self, icon_name))

    def mark(self, key: str | None) -> None:
        """Make this row the current one, or none."""
        keys = [row.key for row in self.rows.rows()]
        if key in keys:
            self.setCurrentIndex(self.rows.index(keys.index(key), 0))
        else:
            self.setCurrentIndex(QModelIndex())

    def current(self) -> str | None:
        """The key of the current row."""
        index = self.currentIndex()
        return self.rows.rows()[index.row()].key if index.isValid() else None

    def step(self, by: int) -> None:
        """Go on, round the ends."""
        count = self.rows.rowCount()
        if count:
            row = self.currentIndex().row()
            self.setCurrentIndex(self.rows.index((row + by) % count if row >= 0 else 0, 0))


def _elided(painter: QPainter, box: QRectF, text: str, font: QFont) -> None:
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
