"""Paints the rows of the worker table: workers, commands beside them, workers of others."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from core.workers.phase import Phase
from desktop.run.foreign_rows import ForeignRow, Heading
from desktop.run.worker_rows import (
    ROW_ROLE,
    Column,
    Line,
    WorkerRow,
    megabytes,
    percent,
)
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.option import box_of, state_of
from desktop.widgets.pill import paint_pill, pill_font
from desktop.widgets.sparkline import paint_sparkline
from desktop.widgets.tile import paint_plain_tile, paint_tile

LEFT: Final = 16
NAME_LEFT: Final = LEFT + sizes.TILE + 8
FIRST_LINE: Final = 22
SECOND_LINE: Final = 45
WIDTHS: Final = {Column.DONE: 52, Column.FAILED: 62, Column.LOAD: 124}
CURVE: Final = 44
CURVE_POINTS: Final = 30
FORCE: Final = 100
"""What a button beside the second line takes."""
HEADING: Final = 32
HEADING_MORE: Final = 52


class WorkerDelegate(QStyledItemDelegate):
    """Paints a cell. The second line goes from the first column on into the next."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = parent

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two lines high."""
        return QSize(WIDTHS.get(Column(index.column()), 80), sizes.WORKER_ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        row: Line = index.data(ROW_ROLE)
        column = Column(index.column())
        # PySide's stubs do not know the fields of a style option.
        box = box_of(option)
        painter.save()
        painter.setClipRect(box)
        self._ground(painter, option, box, column)
        if isinstance(row, Heading):
            self._heading(painter, row, box)
        else:
            self._cell(painter, row, box, column, index.data())
        painter.restore()

    def _cell(
        self, painter: QPainter, row: WorkerRow | ForeignRow, box: QRectF, column: Column, text: str
    ) -> None:
        match column:
            case Column.WORKER:
                self._tile(painter, row, box)
                self._name(painter, box.left() + NAME_LEFT, box, row)
            case Column.STATE:
                font = pill_font(self._table.font())
                font.setItalic(isinstance(row, ForeignRow))
                middle = box.top() + FIRST_LINE
                paint_pill(painter, box.left(), middle, row.look, self._theme.tokens, font)
            case Column.LOAD:
                if isinstance(row, WorkerRow):
                    self._load(painter, row, box)
            case Column.DONE | Column.FAILED:
                self._number(painter, box, text, failed=column is Column.FAILED)
        self._detail(painter, row, box)

    def _tile(self, painter: QPainter, row: WorkerRow | ForeignRow, box: QRectF) -> None:
        tile = QRectF(box.left() + LEFT, box.top() + FIRST_LINE - 9, sizes.TILE, sizes.TILE)
        tokens = self._theme.tokens
        painter.setFont(self._table.font())
        if isinstance(row, ForeignRow):
            paint_plain_tile(painter, tile, "?", tokens, dashed=True)
        elif row.letter:
            paint_plain_tile(painter, tile, row.letter, tokens)
        else:
            paint_tile(painter, tile, row.number, tokens)

    def _heading(self, painter: QPainter, row: Heading, box: QRectF) -> None:
        tokens = self._theme.tokens
        words = box.adjusted(LEFT, 0, -8, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        font = QFont(self._table.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text2))
        painter.drawText(QRectF(words.left(), box.top(), words.width(), HEADING), middle, row.name)
        font = QFont(self._table.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(tokens.warn if row.alarming else tokens.dim))
        more = QFontMetrics(font).elidedText(
            row.more, Qt.TextElideMode.ElideRight, int(words.width())
        )
        below = QRectF(words.left(), box.top() + HEADING - 8, words.width(), 20)
        painter.drawText(below, middle, more)

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, column: Column
    ) -> None:
        tokens = self._theme.tokens
        state = state_of(option)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.hover))
            if column is Column.WORKER:
                bar = QRectF(box.left(), box.top(), 3, box.height())
                painter.fillRect(bar, QColor(tokens.acc))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.raised))
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, QColor(tokens.line))

    def _name(
        self, painter: QPainter, left: float, box: QRectF, row: WorkerRow | ForeignRow
    ) -> None:
        tokens, foreign = self._theme.tokens, isinstance(row, ForeignRow)
        font = QFont(self._table.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(foreign)
        painter.setFont(font)
        painter.setPen(QColor(tokens.grey if foreign else tokens.text))
        place = QRectF(left, box.top() + FIRST_LINE - 12, box.right() - left, 24)
        elided = QFontMetrics(font).elidedText(
            row.name, Qt.TextElideMode.ElideRight, int(place.width()) - 4
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)

    def _detail(self, painter: QPainter, row: WorkerRow | ForeignRow, box: QRectF) -> None:
        """All columns paint the same text at the same place; each shows its own part of it."""
        tokens = self._theme.tokens
        font = QFont(self._table.font())
        font.setPixelSize(12)
        painter.setFont(font)
        alarming = isinstance(row, WorkerRow) and row.alarming
        painter.setPen(QColor(tokens.err if alarming else tokens.text2))
        left = self._table.columnViewportPosition(Column.WORKER) + NAME_LEFT
        right = self._table.columnViewportPosition(Column.FAILED) + WIDTHS[Column.FAILED] - 12
        if isinstance(row, ForeignRow):
            right = self._table.viewport().width() - LEFT
        elif row.worker.phase is Phase.STOPPING:
            right -= FORCE
        place = QRectF(left, box.top() + SECOND_LINE - 12, right - left, 24)
        words = QFontMetrics(font).elidedText(row.detail, _elision(row), int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)

    def _load(self, painter: QPainter, row: WorkerRow, box: QRectF) -> None:
        if row.usage is None:
            return
        tokens = self._theme.tokens
        points = row.points[-CURVE_POINTS:]
        most = max((point.memory for point in points), default=0) * 1.15
        font = QFont(self._table.font())
        font.setPixelSize(12)
        painter.setFont(font)
        for top, colour, values, limit, text in (
            (FIRST_LINE, tokens.acc, [point.cpu_percent for point in points], 100.0, percent),
            (
                SECOND_LINE,
                tokens.violet,
                [float(point.memory) for point in points],
                most,
                megabytes,
            ),
        ):
            curve = QRectF(box.left() + 8, box.top() + top - 7, CURVE, 13)
            paint_sparkline(painter, curve, values, limit, colour, tokens.panel)
            painter.setPen(QColor(tokens.text2))
            words = QRectF(
                curve.right() + 4, box.top() + top - 12, box.right() - curve.right() - 14, 24
            )
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(words, side, text(row.usage))

    def _number(self, painter: QPainter, box: QRectF, text: str, *, failed: bool) -> None:
        tokens = self._theme.tokens
        font = QFont(self._table.font())
        some = text != "0"
        font.setWeight(QFont.Weight.DemiBold if some else QFont.Weight.Normal)
        painter.setFont(font)
        colour = (tokens.err if failed else tokens.text) if some else tokens.dim
        painter.setPen(QColor(colour))
        place = QRectF(box.left(), box.top() + FIRST_LINE - 12, box.width() - 12, 24)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)


def _elision(row: WorkerRow | ForeignRow) -> Qt.TextElideMode:
    """The end of what is said of a stop is when it is forced: a long name gives way."""
    stopping = isinstance(row, WorkerRow) and row.worker.phase is Phase.STOPPING
    return Qt.TextElideMode.ElideMiddle if stopping else Qt.TextElideMode.ElideRight
