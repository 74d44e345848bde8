"""A small curve of the last minutes."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.theme.tokens import over

FILL = 0.22


def paint_sparkline(
    painter: QPainter, box: QRectF, values: Sequence[float], most: float, colour: str, ground: str
) -> None:
    """Paint values from 0 to `most`, the oldest at the left; nothing for fewer than two."""
    if len(values) < 2 or most <= 0:
        return
    step = box.width() / (len(values) - 1)
    height = box.height() - 1.5
    line = [
        QPointF(
            box.left() + step * place,
            box.bottom() - min(1.0, max(0.0, value / most)) * height,
        )
        for place, value in enumerate(values)
    ]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(over(colour, ground, FILL)))
    painter.drawPolygon(QPolygonF([box.bottomLeft(), *line, box.bottomRight()]))
    painter.setPen(QPen(QColor(colour), 1.2))
    painter.drawPolyline(QPolygonF(line))
    painter.restore()
