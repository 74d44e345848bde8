"""The outcome of a sending as a bar, with its legend below."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.tasks.task import State
from desktop.send.outcome import Share, shares
from desktop.theme.theme import Theme
from desktop.widgets.grouped import grouped
from desktop.widgets.shapes import paint_shape

BAR: Final = 8
LEGEND_TOP: Final = 18
LINE: Final = 20
GAP: Final = 18


class OutcomeBar(QWidget):
    """Shows shares; the legend goes on in a second line where it has to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares: Sequence[Share] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_states(self, states: Counter[State]) -> None:
        """Show how many tasks are in which state."""
        new = shares(states)
        if new == self._shares:
            return
        self._shares = new
        self.setAccessibleName(", ".join(f"{each.count} {each.word}" for each in new))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The legend may need two lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Bar and legend."""
        places = self._places(width)
        return LEGEND_TOP + (int(places[-1].y()) if places else 0) + LINE

    def sizeHint(self) -> QSize:
        """As high as its width makes it."""
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter)
        for place, share in zip(self._places(self.width()), self._shares, strict=True):
            self._paint_share(painter, place + QPointF(0, LEGEND_TOP), share)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.hover))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), BAR), 2, 2)
        total = sum(share.count for share in self._shares)
        left = 0.0
        for share in self._shares:
            if share.count and share.state != "sent":
                width = max(self.width() * share.count / total, 3.0)
                painter.setBrush(QColor(getattr(tokens, share.look.colour)))
                painter.drawRoundedRect(QRectF(left, 0, width - 1, BAR), 1.5, 1.5)
                left += width

    def _paint_share(self, painter: QPainter, place: QPointF, share: Share) -> None:
        tokens = self._theme.tokens
        middle = place.y() + LINE / 2
        colour = getattr(tokens, share.look.colour)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_shape(painter, QPointF(place.x() + 5, middle), share.look.shape, colour)
        bold, plain = self._fonts()
        number = grouped(share.count)
        left = place.x() + 16
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        painter.drawText(QPointF(left, middle + 4.5), number)
        left += QFontMetricsF(bold).horizontalAdvance(number) + 4
        painter.setFont(plain)
        painter.setPen(QColor(tokens.text2))
        painter.drawText(QPointF(left, middle + 4.5), share.word)

    def _places(self, width: int) -> list[QPointF]:
        """Where each part of the legend begins, below its first line."""
        bold, plain = (QFontMetricsF(font) for font in self._fonts())
        places: list[QPointF] = []
        left = top = 0.0
        for share in self._shares:
            needed = 20 + bold.horizontalAdvance(grouped(share.count))
            needed += plain.horizontalAdvance(share.word)
            if left and left + needed > width:
                left, top = 0.0, top + LINE
            places.append(QPointF(left, top))
            left += needed + GAP
        return places

    def _fonts(self) -> tuple[QFont, QFont]:
        bold, plain = QFont(self.font()), QFont(self.font())
        for font in (bold, plain):
            font.setPixelSize(12)
        bold.setWeight(QFont.Weight.DemiBold)
        return bold, plain
