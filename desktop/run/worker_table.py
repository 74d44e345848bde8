"""The worker table: who is up, what each is doing, what failed."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.run.worker_rows import (
    ROW_ROLE,
    Column,
    WorkerRow,
    WorkerRows,
    megabytes,
    percent,
)
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.pill import paint_pill, pill_font
from desktop.widgets.sparkline import paint_sparkline
from desktop.widgets.table import Table
from desktop.widgets.tile import paint_tile

LEFT: Final = 16
NAME_LEFT: Final = LEFT + sizes.TILE + 8
FIRST_LINE: Final = 22
SECOND_LINE: Final = 45
WIDTHS: Final = {Column.DONE: 58, Column.FAILED: 62, Column.LOAD: 124}
CURVE: Final = 44
CURVE_POINTS: Final = 30


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
        row: WorkerRow = index.data(ROW_ROLE)
        column = Column(index.column())
        # PySide's stubs do not know the fields of a style option.
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setClipRect(box)
        self._ground(painter, option, box, column)
        match column:
            case Column.WORKER:
                tile = QRectF(box.left() + LEFT, box.top() + FIRST_LINE - 9, sizes.TILE, sizes.TILE)
                paint_tile(painter, tile, row.number, self._theme.tokens)
                self._line(painter, box.left() + NAME_LEFT, box, row.name, bold=True)
                self._detail(painter, row, box, box.left() + NAME_LEFT)
            case Column.STATE:
                font = pill_font(self._table.font())
                middle = box.top() + FIRST_LINE
                paint_pill(painter, box.left(), middle, row.look, self._theme.tokens, font)
                self._detail(painter, row, box, self._detail_left())
            case Column.LOAD:
                self._load(painter, row, box)
            case Column.DONE | Column.FAILED:
                self._number(painter, row, box, index.data(), failed=column is Column.FAILED)
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, column: Column
    ) -> None:
        tokens = self._theme.tokens
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.hover))
            if column is Column.WORKER:
                bar = QRectF(box.left(), box.top(), 3, box.height())
                painter.fillRect(bar, QColor(tokens.acc))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.raised))
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, QColor(tokens.line))

    def _line(
        self, painter: QPainter, left: float, box: QRectF, text: str, *, bold: bool = False
    ) -> None:
        font = QFont(self._table.font())
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.text))
        place = QRectF(left, box.top() + FIRST_LINE - 12, box.right() - left, 24)
        elided = QFontMetrics(font).elidedText(
            text, Qt.TextElideMode.ElideRight, int(place.width()) - 4
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)

    def _detail(self, painter: QPainter, row: WorkerRow, box: QRectF, left: float) -> None:
        """Both columns paint the same text at the same place; each shows its own part of it."""
        tokens = self._theme.tokens
        font = QFont(self._table.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(tokens.err if row.alarming else tokens.text2))
        right = self._table.columnViewportPosition(Column.DONE) + WIDTHS[Column.DONE] * 0.25
        place = QRectF(left, box.top() + SECOND_LINE - 12, right - left, 24)
        elided = QFontMetrics(font).elidedText(
            row.detail, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)

    def _detail_left(self) -> float:
        return self._table.columnViewportPosition(Column.WORKER) + NAME_LEFT

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

    def _number(
        self, painter: QPainter, row: WorkerRow, box: QRectF, text: str, *, failed: bool
    ) -> None:
        tokens = self._theme.tokens
        font = QFont(self._table.font())
        some = row.counts.failed if failed else row.counts.succeeded
        font.setWeight(QFont.Weight.DemiBold if some else QFont.Weight.Normal)
        painter.setFont(font)
        colour = (tokens.err if failed else tokens.text) if some else tokens.dim
        painter.setPen(QColor(colour))
        place = QRectF(box.left(), box.top() + FIRST_LINE - 12, box.width() - 12, 24)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)


class WorkerTable(Table):
    """One worker can be current; `chosen` has its name, `maximise` that of a double click."""

    chosen = Signal(str)
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
        self._rows = rows
        self.setItemDelegate(WorkerDelegate(theme, self))
        self.setColumnWidth(Column.WORKER, 120)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._double_clicked)

    def choose(self, name: str) -> None:
        """Make a worker the current one."""
        row = self._rows.row(name)
        if row is not None:
            self.selectRow(row)

    def current(self) -> str | None:
        """The node name of the current worker."""
        index = self.currentIndex()
        return self._name(index.row()) if index.isValid() else None

    def _current_changed(self, index: QModelIndex, before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._name(index.row()))

    def _double_clicked(self, index: QModelIndex) -> None:
        self.maximise.emit(self._name(index.row()))

    def _name(self, row: int) -> str:
        return self._rows.at(row).worker.name
