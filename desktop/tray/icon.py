"""The icon of the tray: the logo with the fleet's state as a shape in its corner."""

from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from desktop.theme.icons import pixmap
from desktop.theme.looks import Look
from desktop.theme.tokens import Tokens
from desktop.widgets.shapes import paint_shape

SIZES: Final = (16, 20, 24, 32, 48, 64)
SHARE: Final = 0.62
"""Of the icon's side, for the corner: at 16 pixels the shape has to be told apart."""
INNER: Final = 0.6
"""Of the corner, for the shape in it, which is drawn 8 pixels wide."""
SHAPE: Final = 8.0


@cache
def tray_icon(look: Look, tokens: Tokens) -> QIcon:
    """The icon in every size that a tray may want."""
    icon = QIcon()
    for side in SIZES:
        icon.addPixmap(_drawn(look, tokens, side))
    return icon


def _drawn(look: Look, tokens: Tokens, side: int) -> QPixmap:
    drawn = pixmap("logo", "#ffffff", side)
    corner = side * SHARE
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.panel))
    painter.drawEllipse(QRectF(side - corner, side - corner, corner, corner))
    painter.translate(side - corner / 2, side - corner / 2)
    painter.scale(corner * INNER / SHAPE, corner * INNER / SHAPE)
    paint_shape(painter, QPointF(0, 0), look.shape, getattr(tokens, look.colour))
    painter.end()
    return drawn
