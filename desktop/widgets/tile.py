"""A worker's number on its colour: who it is, never how it is."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens

RADIUS: Final = 4


def paint_tile(painter: QPainter, box: QRectF, number: int, theme: Tokens) -> None:
    """Paint the tile of the worker with this number, from 1; delegates use it too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.worker(number)))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    _letter(painter, box, str(number), theme.on_tile)
    painter.restore()


def paint_plain_tile(
    painter: QPainter, box: QRectF, letter: str, theme: Tokens, *, dashed: bool = False
) -> None:
    """Paint the tile of what has no number: a command, or (dashed) a worker of others."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(theme.line2), 1)
    if dashed:
        pen.setDashPattern([3, 2])
    else:
        painter.setBrush(QColor(theme.raised))
    painter.setPen(pen)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    _letter(painter, box, letter, theme.text2)
    painter.restore()


def _letter(painter: QPainter, box: QRectF, letter: str, colour: str) -> None:
    font = QFont(painter.font())
    font.setPixelSize(11)
    font.setWeight(QFont.Weight.Bold)
    font.setItalic(False)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


class Tile(QWidget):
    """Shows one number; with a `letter`, that of a command."""

    def __init__(
        self, theme: Theme, number: int, letter: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self._letter = letter
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"command {letter}" if letter else f"worker {number}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(sizes.TILE, sizes.TILE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        box, tokens = QRectF(self.rect()), self._theme.tokens
        if self._letter:
            paint_plain_tile(painter, box, self._letter, tokens)
        else:
            paint_tile(painter, box, self._number, tokens)
        painter.end()
