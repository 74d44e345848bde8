"""Paints a notice: its level as a shape, whom it is about, when, and up to three lines of text."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.logs.level import Level
from desktop.notices.notice import Notice
from desktop.notices.notices import NOTICE_ROLE, UNREAD_ROLE, Index
from desktop.theme.looks import Colour, Shape
from desktop.theme.theme import Theme
from desktop.widgets.option import box_of, state_of
from desktop.widgets.shapes import paint_shape

LEFT: Final = 34
RIGHT: Final = 16
TOP: Final = 10
HEAD: Final = 20
LINE: Final = 17
LINES: Final = 3
SHAPES: Final[dict[Level, tuple[Shape, Colour]]] = {
    Level.ERROR: (Shape.SQUARE, "err"),
    Level.WARNING: (Shape.HALF_CIRCLE, "warn"),
    Level.INFO: (Shape.HOLLOW_CIRCLE, "grey"),
}


class NoticeDelegate(QStyledItemDelegate):
    """Rows are as high as their text asks for."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its lines."""
        notice: Notice = index.data(NOTICE_ROLE)
        width = self._list.viewport().width()
        lines = len(wrapped(notice.text, self._font(), width - LEFT - RIGHT))
        return QSize(width, TOP + HEAD + lines * LINE + TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        tokens = self._theme.tokens
        notice: Notice = index.data(NOTICE_ROLE)
        box = box_of(option)
        state = state_of(option)
        painter.save()
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(box, QColor(tokens.hover))
        if index.data(UNREAD_ROLE):
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(tokens.acc))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(tokens.line))
        shape, colour = SHAPES.get(notice.level, SHAPES[Level.INFO])
        middle = box.top() + TOP + HEAD / 2
        paint_shape(painter, QPointF(box.left() + 18, middle), shape, getattr(tokens, colour))
        self._head(painter, QRectF(box.left() + LEFT, box.top() + TOP, 0, HEAD), box, notice)
        painter.setFont(self._font())
        painter.setPen(QColor(tokens.text2))
        width = box.width() - LEFT - RIGHT
        for number, text in enumerate(wrapped(notice.text, self._font(), width)):
            top = box.top() + TOP + HEAD + number * LINE
            line = QRectF(box.left() + LEFT, top, width, LINE)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _head(self, painter: QPainter, head: QRectF, box: QRectF, notice: Notice) -> None:
        tokens = self._theme.tokens
        head.setRight(box.right() - RIGHT)
        font = QFont(self._list.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, notice.title)
        painter.setFont(self._font())
        painter.setPen(QColor(tokens.dim))
        when = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(head, when, f"{notice.at:%H:%M:%S}")

    def _font(self) -> QFont:
        font = QFont(self._list.font())
        font.setPixelSize(12)
        return font


def wrapped(text: str, font: QFont, width: float) -> list[str]:
    """The first `LINES` lines that a text makes at this width; more is cut with an ellipsis."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    lines = [
        text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
    if len(lines) <= LINES:
        return lines
    rest = text[starts[LINES - 1] :]
    cut = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return [*lines[: LINES - 1], cut]
