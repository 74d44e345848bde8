"""A worker's number on its colour: who it is, never how it is."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
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
    font = QFont(painter.font())
    font.setPixelSize(11)
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(QColor(theme.on_tile))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.restore()


class Tile(QWidget):
    """Shows one number."""

    def __init__(self, theme: Theme, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"worker {number}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(sizes.TILE, sizes.TILE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_tile(painter, QRectF(self.rect()), self._number, self._theme.tokens)
        painter.end()
