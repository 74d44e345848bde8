"""Bars on one lane per worker: a small picture of what a fleet does."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme

Lane = Sequence[tuple[float, float]]
"""Bars from and to, as shares of the width."""

EXAMPLE: tuple[Lane, ...] = (
    (
        (0.0, 0.08),
        (0.09, 0.32),
        (0.36, 0.47),
        (0.48, 0.525),
        (0.535, 0.57),
        (0.60, 0.77),
        (0.835, 1),
    ),
    (
        (0.005, 0.06),
        (0.07, 0.15),
        (0.16, 0.195),
        (0.21, 0.29),
        (0.30, 0.35),
        (0.37, 0.45),
        (0.52, 0.76),
    ),
    (
        (0.02, 0.10),
        (0.11, 0.28),
        (0.29, 0.32),
        (0.345, 0.49),
        (0.50, 0.545),
        (0.56, 0.69),
        (0.86, 1),
    ),
    (
        (0.015, 0.13),
        (0.14, 0.22),
        (0.23, 0.30),
        (0.35, 0.47),
        (0.51, 0.66),
        (0.69, 0.93),
        (0.94, 0.98),
    ),
)
"""Four workers at work, as they might be."""


class Lanes(QWidget):
    """Paints lanes; decoration, so no screen reader is told of it."""

    def __init__(self, theme: Theme, lanes: Sequence[Lane], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lanes = lanes
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """12 pixels for each lane."""
        return QSize(300, 12 * len(self._lanes) + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.line2))
        painter.setBrush(QColor(tokens.log))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        font = QFont(self.font())
        font.setPixelSize(10)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        left, width = 38.0, self.width() - 46.0
        for place, lane in enumerate(self._lanes):
            colour = QColor(tokens.worker(place + 1))
            top = 8.0 + 12 * place
            painter.setPen(colour)
            painter.drawText(
                QRectF(8, top - 2, 16, 12), Qt.AlignmentFlag.AlignCenter, str(place + 1)
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.setOpacity(0.8)
            for begin, end in lane:
                bar = QRectF(left + begin * width, top, (end - begin) * width, 8)
                painter.drawRoundedRect(bar, 2, 2)
            painter.setOpacity(1)
        painter.end()
