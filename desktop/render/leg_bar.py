"""The legs of a deploy as bars beside each other: behind it, under way, ahead."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.render.api.passage import Leg, Shown, State
from desktop.render.words import lasted
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens, over

HEIGHT: Final = 36
BAR: Final = 9
GAP: Final = 4
BASELINE: Final = 30
WIDTHS: Final[dict[Leg, float]] = {
    Leg.QUEUED: 1.1,
    Leg.BUILD: 2.2,
    Leg.PRE_DEPLOY: 1.3,
    Leg.START: 1.1,
    Leg.LIVE: 0.9,
}
COLOURS: Final[dict[State, str]] = {State.DONE: "ok", State.NOW: "acc", State.FAILED: "err"}


class LegBar(QWidget):
    """Shows the legs; `share` of the present one is filled, from 0 to 1."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._legs: tuple[Shown, ...] = ()
        self._share = 0.0
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("How far the deploy is")
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """All of it in words."""
        return ", ".join(
            f"{each.leg} {each.state}"
            + ("" if each.seconds is None else f" {lasted(each.seconds)}")
            for each in self._legs
        )

    def show_legs(self, legs: Sequence[Shown], share: float) -> None:
        """Show others."""
        self._legs, self._share = tuple(legs), max(0.0, min(1.0, share))
        self.setAccessibleDescription(self.text)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.width() - GAP * (len(self._legs) - 1)
        total = sum(WIDTHS[each.leg] for each in self._legs)
        left = 0.0
        for each in self._legs:
            width = room * WIDTHS[each.leg] / total
            self._paint_bar(painter, tokens, each, QRectF(left, 0, width, BAR))
            self._paint_words(painter, tokens, each, left, width)
            left += width + GAP
        painter.end()

    def _paint_bar(self, painter: QPainter, tokens: Tokens, shown: Shown, box: QRectF) -> None:
        colour = getattr(tokens, COLOURS.get(shown.state, "line2"))
        painter.setPen(Qt.PenStyle.NoPen)
        if shown.state is State.NOW:
            painter.setBrush(QColor(over(colour, tokens.panel, 0.3)))
            painter.drawRoundedRect(box, BAR / 2, BAR / 2)
            box = QRectF(box.left(), box.top(), max(BAR, box.width() * self._share), BAR)
        elif shown.state in (State.AHEAD, State.SKIPPED):
            painter.setPen(QPen(QColor(colour), 1))
            painter.setBrush(QColor(tokens.raised))
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, BAR / 2, BAR / 2)
            return
        painter.setBrush(QColor(colour))
        if shown.state is State.FAILED:  # a square end, so that colour is not the only sign
            painter.drawRect(box)
        else:
            painter.drawRoundedRect(box, BAR / 2, BAR / 2)

    def _paint_words(
        self, painter: QPainter, tokens: Tokens, shown: Shown, left: float, width: float
    ) -> None:
        strong = shown.state in (State.DONE, State.NOW, State.FAILED)
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if strong else tokens.text2))
        painter.drawText(QPointF(left, BASELINE), shown.leg)
        used = QFontMetricsF(font).horizontalAdvance(shown.leg) + 8
        words = _after(shown)
        font.setWeight(QFont.Weight.Normal)
        if words and used + QFontMetricsF(font).horizontalAdvance(words) <= width:
            painter.setFont(font)
            name = COLOURS[shown.state] if shown.state in (State.NOW, State.FAILED) else "dim"
            painter.setPen(QColor(getattr(tokens, name)))
            painter.drawText(QPointF(left + used, BASELINE), words)


def _after(shown: Shown) -> str:
    if shown.state is State.SKIPPED:
        return "none"
    if shown.state is State.FAILED and shown.seconds is None:
        return "failed"
    return "" if shown.seconds is None else lasted(shown.seconds)
