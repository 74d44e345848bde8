"""The table of results: who ran it, how long it waited and ran, what it returned."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.send.result_row import Column, ResultRow
from desktop.send.result_rows import ROW_ROLE, Index, ResultRows
from desktop.theme import tokens as sizes
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.theme.tokens import over
from desktop.widgets.option import box_of, state_of
from desktop.widgets.shapes import paint_shape
from desktop.widgets.table import Table
from desktop.widgets.tile import paint_tile

LEFT: Final = 16
_COLUMNS: Final = (Column.STATE, Column.TASK, Column.WORKER, Column.WAITED, Column.RAN)
WIDTHS: Final = dict(zip(_COLUMNS, (26, 92, 80, 76, 68), strict=True))
NARROW_WIDTHS: Final = dict(zip(_COLUMNS, (26, 80, 68, 66, 60), strict=True))
NARROW: Final = 470
NARROWEST: Final = 380


class ResultDelegate(QStyledItemDelegate):
    """Paints a cell."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(60, sizes.TABLE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row: ResultRow = index.data(ROW_ROLE)
        column = Column(index.column())
        box = box_of(option)
        painter.save()
        painter.setClipRect(box)
        self._ground(painter, option, box, row, column)
        if not row.detail:
            self._cell(painter, box, row, column)
        painter.restore()

    def _ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRectF,
        row: ResultRow,
        column: Column,
    ) -> None:
        tokens = self._theme.tokens
        state = state_of(option)
        if row.is_open or row.detail:
            painter.fillRect(box, QColor(over(tokens.err, tokens.panel, sizes.CARD_TINT)))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.hover))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.raised))
        if column is Column.STATE and (row.is_open or state & QStyle.StateFlag.State_Selected):
            bar = QRectF(box.left(), box.top(), 3, box.height())
            painter.fillRect(bar, QColor(tokens.err if row.is_open else tokens.acc))
        if not row.is_open:
            line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
            painter.fillRect(line, QColor(tokens.line))

    def _cell(self, painter: QPainter, box: QRectF, row: ResultRow, column: Column) -> None:
        tokens = self._theme.tokens
        match column:
            case Column.STATE:
                colour = getattr(tokens, row.look.colour)
                centre = QPointF(box.left() + LEFT + 4, box.center().y())
                paint_shape(painter, centre, row.look.shape, colour)
            case Column.TASK:
                place = box.adjusted(8, 0, 0, 0)
                self._text(painter, place, row.text(column), mono_font(), tokens.acc)
            case Column.WORKER if row.number is not None:
                tile = QRectF(box.left() + 8, box.center().y() - 9, sizes.TILE, sizes.TILE)
                painter.setFont(self._table.font())
                paint_tile(painter, tile, row.number, tokens)
            case Column.WORKER:
                place, words = box.adjusted(8, 0, 0, 0), row.text(Column.WORKER)
                self._text(painter, place, words, self._small(), tokens.text2)
            case Column.WAITED | Column.RAN:
                font = self._small()
                bold = column is Column.RAN
                font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
                words = row.text(column)
                place = box.adjusted(0, 0, -8, 0)
                place.setLeft(place.right() - QFontMetricsF(font).horizontalAdvance(words) - 1)
                self._text(painter, place, words, font, tokens.text if bold else tokens.text2)
            case Column.RESULT:
                place = box.adjusted(8, 0, -8, 0)
                colour = tokens.err if row.bad else tokens.text2
                self._text(painter, place, row.result, mono_font(), colour)

    def _text(self, painter: QPainter, box: QRectF, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        first = text.partition("\n")[0]
        shown = QFontMetricsF(font).elidedText(first, Qt.TextElideMode.ElideRight, box.width() + 1)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _small(self) -> QFont:
        font = QFont(self._table.font())
        font.setPixelSize(12)
        return font


class ResultTable(Table):
    """A click or Enter on a task that failed opens it: `turned` has its id."""

    turned = Signal(str)

    def __init__(self, theme: Theme, rows: ResultRows, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            rows,
            "Results",
            row_height=sizes.TABLE_ROW,
            wide=Column.RESULT,
            parent=parent,
        )
        self._rows = rows
        self._detail: QWidget | None = None
        self.setItemDelegate(ResultDelegate(theme, self))
        self.clicked.connect(self._turn)

    def current(self) -> str | None:
        """The id of the current task."""
        index = self.currentIndex()
        return self._rows.at(index.row()).id if index.isValid() else None

    def show_below(self, row: int, detail: QWidget) -> None:
        """Fill the row below an open task; the table owns the widget until the row goes."""
        self._detail = detail
        self.setSpan(row, 0, 1, len(Column))
        self.setIndexWidget(self._rows.index(row, 0), detail)
        self.fit_detail()

    def fit_detail(self) -> None:
        """Give the detail the height that it needs at this width."""
        open_id = self._rows.open_id
        row = None if open_id is None else self._rows.row_of(open_id)
        if self._detail is None or row is None:
            return
        width = self.viewport().width()
        self.setRowHeight(row + 1, self._detail.heightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens or closes."""
        index = self.currentIndex()
        if index.isValid() and Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._turn(index)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is narrow shows fewer columns."""
        for column, width in (NARROW_WIDTHS if self.width() < NARROW else WIDTHS).items():
            self.setColumnWidth(column, width)
        self.setColumnHidden(Column.WAITED, self.width() < NARROWEST)
        super().resizeEvent(event)
        self.fit_detail()

    def _turn(self, index: Index) -> None:
        row = self._rows.at(index.row())
        if row.bad or row.is_open:
            self.turned.emit(row.id)
