"""A state as a pill: shape, word, and a tint of its colour behind."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.looks import FOREIGN, Look
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens, over
from desktop.widgets.shapes import paint_shape

SHAPE_CENTRE: Final = 13
TEXT_LEFT: Final = 22
TEXT_RIGHT: Final = 10


def pill_font(base: QFont) -> QFont:
    """The font of the word."""
    font = QFont(base)
    font.setPixelSize(11)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def pill_width(look: Look, font: QFont) -> int:
    """How wide the pill of this look is in `pill_font`."""
    return TEXT_LEFT + QFontMetrics(font).horizontalAdvance(look.label) + TEXT_RIGHT


def paint_pill(
    painter: QPainter, left: float, middle: float, look: Look, theme: Tokens, font: QFont
) -> float:
    """Paint a pill from `left`, its middle at this height; its width. Delegates use it too."""
    colour = getattr(theme, look.colour)
    width = pill_width(look, font)
    box = QRectF(left, middle - sizes.PILL / 2, width, sizes.PILL)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if look is FOREIGN:
        painter.setPen(QPen(QColor(theme.line2), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 9.5, 9.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(over(colour, theme.panel, sizes.PILL_TINT)))
        painter.drawRoundedRect(box, 10, 10)
    paint_shape(painter, QPointF(left + SHAPE_CENTRE, middle), look.shape, colour)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    words = box.adjusted(TEXT_LEFT, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, look.label)
    painter.restore()
    return width


class Pill(QWidget):
    """Shows one look."""

    def __init__(self, theme: Theme, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(look.label)
        theme.changed.connect(self.update)

    @property
    def look(self) -> Look:
        """What it shows."""
        return self._look

    def show_look(self, look: Look) -> None:
        """Show another one."""
        if look != self._look:
            self._look = look
            self.setAccessibleName(look.label)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word needs."""
        return QSize(pill_width(self._look, pill_font(self.font())), sizes.PILL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        middle = self.height() / 2
        paint_pill(painter, 0, middle, self._look, self._theme.tokens, pill_font(self.font()))
        painter.end()
