"""The recent projects, one row each: Enter opens, Del forgets."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.theme.icons import pixmap
from desktop.theme.looks import Look, Shape
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.welcome.recents import Recent
from desktop.widgets.option import box_of, state_of
from desktop.widgets.pill import paint_pill, pill_font
from desktop.widgets.row_view import RowView

ROW: Final = 56
THERE: Final = Look("ok", Shape.CIRCLE, "Ready to start")
GONE: Final = Look("grey", Shape.HOLLOW_CIRCLE, "Folder not found")
RECENT_ROLE: Final = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class RecentModel(QAbstractListModel):
    """One row for each. Whether its folder is there is not known before `show_gone` tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Recent, ...] = ()
        self._gone: frozenset[str] | None = None

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows, self._gone = tuple(recents), None
        self.endResetModel()

    def show_gone(self, gone: frozenset[str]) -> None:
        """Of these paths the folder is not there."""
        self._gone = gone
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def at(self, row: int) -> tuple[Recent, Look | None]:
        """One project, and how it is: None while that is not known."""
        recent = self._rows[row]
        if self._gone is None:
            return recent, None
        return recent, GONE if recent.path in self._gone else THERE

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name; in words all of it."""
        if not index.isValid():
            return None
        recent, look = self.at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return recent.name
        if role == RECENT_ROLE:
            return recent
        if role == Qt.ItemDataRole.ToolTipRole:
            return recent.path
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "" if look is None else f", {look.label}"
            return f"{recent.name}, {recent.path}, {recent.workers} workers{state}"
        return None


class RecentDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, theme: Theme, model: RecentModel, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All of one height."""
        return QSize(300, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        tokens = self._theme.tokens
        recent, look = self._model.at(index.row())
        box = box_of(option)
        state = state_of(option)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.hover))
            bar = QRectF(box.left(), box.top() + 12, 3, box.height() - 24)
            painter.fillRect(bar, QColor(tokens.acc))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.raised))
        if index.row():
            line = QRectF(box.left() + 16, box.top(), box.width() - 32, 1)
            painter.fillRect(line, QColor(tokens.line))
        scale = self._list.devicePixelRatioF()
        folder = pixmap("folder", tokens.text2, 20, scale)
        painter.drawPixmap(round(box.left() + 20), round(box.top() + 18), folder)
        columns = _columns(box)
        self._name(painter, columns[0], recent, look is not GONE)
        self._code(painter, columns[1], recent.app)
        self._plain(painter, columns[2], f"{recent.workers} workers", tokens.text2)
        if look is not None:
            font = pill_font(self._list.font())
            paint_pill(painter, columns[3].left(), box.center().y(), look, tokens, font)
        when = day(recent.opened_at, datetime.now())
        self._plain(painter, columns[4], when, tokens.dim, Qt.AlignmentFlag.AlignRight)
        painter.restore()

    def _name(self, painter: QPainter, box: QRectF, recent: Recent, there: bool) -> None:
        tokens = self._theme.tokens
        font = QFont(self._list.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if there else tokens.dim))
        upper = QRectF(box.left(), box.top() + 9, box.width(), 20)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, _elided(recent.name, font, upper))
        lower = QRectF(box.left(), box.top() + 28, box.width(), 18)
        code = mono_font()
        painter.setFont(code)
        painter.setPen(QColor(tokens.dim))
        path = QFontMetrics(code).elidedText(
            recent.path, Qt.TextElideMode.ElideMiddle, int(lower.width())
        )
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, path)

    def _code(self, painter: QPainter, box: QRectF, text: str) -> None:
        font = mono_font()
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.text2))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, _elided(text, font, box))

    def _plain(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        colour: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(self._list.font())
        painter.setPen(QColor(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, text)


class RecentList(RowView):
    """`chosen` has a `Recent` to open, `forgotten` one to take off the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._model = RecentModel()
        super().__init__(theme, "Recent projects", self._model, RECENT_ROLE, parent)
        self._model.setParent(self)
        self.setItemDelegate(RecentDelegate(theme, self._model, self))

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """Show these, the first one current."""
        self._model.show_recents(recents)
        if recents:
            self.setCurrentIndex(self._model.index(0, 0))

    def show_gone(self, gone: frozenset[str]) -> None:
        """Of these paths the folder is not there."""
        self._model.show_gone(gone)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(600, ROW * self._model.rowCount() + 2)


def day(at: float, now: datetime) -> str:
    """When a project was open last: today with the time, yesterday, or the day."""
    then = datetime.fromtimestamp(at)
    days = (now.date() - then.date()).days
    if days == 0:
        return f"Today, {then:%H:%M}"
    if days == 1:
        return "Yesterday"
    return f"{then.day} {then:%b}" if then.year == now.year else f"{then.day} {then:%b %Y}"


def _columns(box: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF, QRectF]:
    """Name and path, app, workers, state, day. What is narrow gives of the path first."""
    right = box.right() - 20
    edges = [box.left() + 56, right - 540, right - 360, right - 260, right - 110, right]
    edges[1] = max(edges[1], edges[0] + 150)
    first, second, third, fourth, fifth = (
        QRectF(left, box.top(), max(0.0, end - left - 12), box.height())
        for left, end in pairwise(edges)
    )
    fifth.setRight(right)
    return first, second, third, fourth, fifth


def _elided(text: str, font: QFont, box: QRectF) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
