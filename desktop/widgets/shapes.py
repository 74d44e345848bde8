"""Paints the shape of a state."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.theme.looks import Shape

STROKE = 1.5


def paint_shape(
    painter: QPainter, centre: QPointF, shape: Shape, colour: str, size: float = 8.0
) -> None:
    """Paint it `size` pixels wide around `centre`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(colour)
    pen = QPen(ink, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    half = size / 2
    box = QRectF(centre.x() - half, centre.y() - half, size, size)
    inner = box.adjusted(STROKE / 2, STROKE / 2, -STROKE / 2, -STROKE / 2)
    painter.setPen(pen)
    match shape:
        case Shape.HOLLOW_CIRCLE:
            painter.drawEllipse(inner)
        case Shape.DASHED_CIRCLE:
            pen.setDashPattern([1.2, 1.6])
            painter.setPen(pen)
            painter.drawEllipse(inner)
        case Shape.OPEN_ARC:
            painter.drawArc(inner, 90 * 16, -270 * 16)
        case Shape.CIRCLE:
            _fill(painter, ink)
            painter.drawEllipse(box)
        case Shape.PLAY:
            wide = box.adjusted(-1, -1, 1, 1)
            painter.drawEllipse(wide.adjusted(STROKE / 2, STROKE / 2, -STROKE / 2, -STROKE / 2))
            _fill(painter, ink)
            left, right = centre.x() - size * 0.14, centre.x() + size * 0.26
            tall = size * 0.24
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(left, centre.y() - tall),
                        QPointF(right, centre.y()),
                        QPointF(left, centre.y() + tall),
                    ]
                )
            )
        case Shape.HALF_CIRCLE:
            painter.drawEllipse(inner)
            _fill(painter, ink)
            painter.drawPie(box, 90 * 16, 180 * 16)
        case Shape.ROUND_ARROW:
            painter.drawArc(inner, 60 * 16, -300 * 16)
            _fill(painter, ink)
            tip = QPointF(box.right(), box.top() + size * 0.05)
            painter.drawPolygon(
                QPolygonF(
                    [tip, tip + QPointF(0, size * 0.42), tip + QPointF(-size * 0.42, size * 0.42)]
                )
            )
        case Shape.CLOCK:
            painter.drawEllipse(inner)
            painter.drawLine(centre, centre + QPointF(0, -half * 0.55))
            painter.drawLine(centre, centre + QPointF(half * 0.45, half * 0.2))
        case Shape.PLUG:
            plug = QPainterPath(QPointF(box.left() + size * 0.15, centre.y() - size * 0.1))
            plug.lineTo(box.right() - size * 0.15, centre.y() - size * 0.1)
            plug.moveTo(centre.x() - size * 0.2, box.top())
            plug.lineTo(centre.x() - size * 0.2, centre.y() - size * 0.1)
            plug.moveTo(centre.x() + size * 0.2, box.top())
            plug.lineTo(centre.x() + size * 0.2, centre.y() - size * 0.1)
            plug.moveTo(centre.x(), centre.y() + size * 0.15)
            plug.lineTo(centre.x(), box.bottom())
            painter.drawPath(plug)
        case Shape.SQUARE:
            _fill(painter, ink)
            painter.drawRoundedRect(box, 1, 1)
        case Shape.HOLLOW_SQUARE:
            painter.drawRoundedRect(inner, 1, 1)
    painter.restore()


def _fill(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ink))
