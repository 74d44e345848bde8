"""Curves over time, small: one for each instance, and the limit that none may reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.render.api.series import Sample
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens, over

HEIGHT: Final = 124
LEFT: Final = 66
BELOW: Final = 20
ABOVE: Final = 8
RIGHT: Final = 10
FILL: Final = 0.16
GRID: Final = (0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """Samples in order of time, of an instance; `steps`: a value holds until the next one."""

    name: str
    samples: tuple[Sample, ...]
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, from `start` to `end`; `most` is the upper end, `limit` what is allowed.

    `tell` writes a value with its unit.
    """

    curves: tuple[Curve, ...]
    start: datetime
    end: datetime
    most: float
    tell: Callable[[float], str]
    limit: float | None = None


class LineChart(QWidget):
    """Shows a drawing; `text` is what it says in words."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing: Drawing | None = None
        self.text = ""
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_drawing(self, drawing: Drawing | None, text: str) -> None:
        """Show another one; `text` tells it to those who do not see it."""
        self._drawing, self.text = drawing, text
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(320, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        drawing, tokens = self._drawing, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        box = QRectF(self.rect()).adjusted(LEFT, ABOVE, -RIGHT, -BELOW)
        if drawing is None or not any(curve.samples for curve in drawing.curves):
            painter.setPen(QColor(tokens.dim))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "no samples yet")
            painter.end()
            return
        _paint_grid(painter, tokens, box, drawing)
        for number, curve in enumerate(drawing.curves, 1):
            colour = tokens.acc if len(drawing.curves) == 1 else tokens.worker(number)
            alone = len(drawing.curves) == 1
            _paint_curve(painter, box, drawing, curve, colour, tokens.panel if alone else "")
        if drawing.limit is not None and drawing.limit <= drawing.most:
            _paint_limit(painter, tokens, box, drawing, drawing.limit)
        painter.end()


def _paint_grid(painter: QPainter, tokens: Tokens, box: QRectF, drawing: Drawing) -> None:
    metrics = QFontMetricsF(painter.font())
    right, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
    for share in GRID:
        y = round(box.bottom() - share * box.height()) + 0.5
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setPen(QColor(tokens.dim))
        words = drawing.tell(drawing.most * share)
        painter.drawText(QRectF(0, y - 8, LEFT - 8, 16), right | middle, words)
    span = drawing.end - drawing.start
    for share in GRID:
        words = _clock(drawing.start + span * share)
        width = metrics.horizontalAdvance(words)
        left = box.left() + share * box.width() - share * width
        painter.drawText(QPointF(left, box.bottom() + BELOW - 5), words)


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"


def _paint_curve(
    painter: QPainter, box: QRectF, drawing: Drawing, curve: Curve, colour: str, ground: str
) -> None:
    """With a `ground`, what is below the curve has a tint over it."""
    points = list(_points(box, drawing, curve))
    if not points:
        return
    if ground:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(over(colour, ground, FILL)))
        first, last = points[0], points[-1]
        under = [QPointF(last.x(), box.bottom()), QPointF(first.x(), box.bottom())]
        painter.drawPolygon(QPolygonF([*points, *under]))
    pen = QPen(QColor(colour), 1.5)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(points[-1], 2.5, 2.5)


def _points(box: QRectF, drawing: Drawing, curve: Curve) -> Sequence[QPointF]:
    span = max((drawing.end - drawing.start) / timedelta(seconds=1), 1.0)
    made: list[QPointF] = []
    for sample in curve.samples:
        share = (sample.at - drawing.start) / timedelta(seconds=1) / span
        x = box.left() + max(0.0, min(1.0, share)) * box.width()
        y = box.bottom() - min(1.0, sample.value / drawing.most) * box.height()
        if curve.steps and made:
            made.append(QPointF(x, made[-1].y()))
        made.append(QPointF(x, y))
    return made


def _paint_limit(
    painter: QPainter, tokens: Tokens, box: QRectF, drawing: Drawing, limit: float
) -> None:
    y = round(box.bottom() - limit / drawing.most * box.height()) + 0.5
    pen = QPen(QColor(tokens.err), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    words = f"limit {drawing.tell(limit)}"
    width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 8
    place = QRectF(box.left() + 4, y + 1, width, 14)
    painter.fillRect(place, QColor(tokens.panel))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
