"""The smallest steps of painting a log, with what they need made once."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from desktop.logpane.cells import runs
from desktop.theme.icons import pixmap

ICON: Final = 14


@lru_cache(maxsize=1024)
def ink(colour: str) -> QColor:
    """A colour."""
    return QColor(colour)


@lru_cache(maxsize=1024)
def pen(colour: str) -> QPen:
    """A pen of a colour, one pixel wide."""
    return QPen(ink(colour))


def paint_text(painter: QPainter, text: str, x: float, base: float, advance: float) -> None:
    """Paint text on the grid, its base line at this height, in the painter's font and pen."""
    if text.isascii():
        painter.drawText(QPointF(x, base), text)
        return
    for cell, run in runs(text):
        painter.drawText(QPointF(x + cell * advance, base), run)


def paint_icon(painter: QPainter, name: str, colour: str, x: float, y: float) -> None:
    """Paint an icon around a point."""
    drawn = _drawn(name, colour, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(x - ICON / 2, y - ICON / 2), drawn)


@lru_cache(maxsize=64)
def _drawn(name: str, colour: str, scale: float) -> QPixmap:
    return pixmap(name, colour, ICON, scale)


def outline(painter: QPainter, box: QRectF, colour: str, fill: str | None = None) -> None:
    """Paint a rounded box, filled or not."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(colour))
    painter.setBrush(ink(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)
    painter.restore()
