"""How much of a plan's memory a worker takes when all of it runs at once."""

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.render.sizing.concurrency import Footprint
from desktop.theme.theme import Theme
from desktop.theme.tokens import over

HEIGHT: Final = 12
MOST: Final = 16
"""Children that are painted apart; more would be too thin to count."""


class MemoryBar(QWidget):
    """The base, then a piece for each child; a line where the plan ends, if it ends before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._needs = Footprint(0, 0, 0, "")
        self._children = 0
        self._limit = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_needs(self, needs: Footprint, children: int, limit: int) -> None:
        """`limit` is the plan's memory, in bytes."""
        self._needs, self._children, self._limit = needs, children, max(1, limit)
        share = needs.total(children) / self._limit
        self.setAccessibleName(f"Memory: {share:.0%} of the plan")
        self.setToolTip(f"{share:.0%} of the plan's memory")
        self.update()

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(200, HEIGHT + 4)

    def pieces(self) -> list[float]:
        """The widths of base and children as shares of the bar."""
        total = self._needs.total(self._children)
        whole = max(self._limit, total)
        each = total - self._needs.base
        shown = min(self._children, MOST)
        return [self._needs.base / whole, *([each / shown / whole] * shown)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens = self._theme.tokens
        total = self._needs.total(self._children)
        painter = QPainter(self)
        width = float(self.width())
        painter.fillRect(QRectF(0, 2, width, HEIGHT), QColor(tokens.raised))
        painter.fillRect(QRectF(0, 2, width, HEIGHT), QColor(over(tokens.acc, tokens.panel, 0.12)))
        left = 0.0
        for number, share in enumerate(self.pieces()):
            colour = tokens.grey if number == 0 else tokens.acc
            shade = 1.0 if number % 2 or number == 0 else 0.65
            piece = QRectF(left, 2, max(1.0, share * width - 1), HEIGHT)
            painter.fillRect(piece, QColor(over(colour, tokens.panel, shade)))
            left += share * width
        if total > self._limit:
            end = self._limit / total * width
            painter.fillRect(QRectF(end - 1, 0, 2, HEIGHT + 4), QColor(tokens.err))
        painter.end()
