"""A strip that shows how much was printed when, what went wrong, and what is in sight."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.logs.density import Bar
from desktop.logpane.geometry import MERGED_LEFT, RIGHT
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens, over
from desktop.widgets.grouped import grouped

HEIGHT: Final = 40
PITCH: Final = 6
WIDE: Final = 4
WIDEST: Final = 24.0
"""Of bar and gap, where there are few bars."""
_TALL: Final = 20
_GRAVE: Final = 5
"""The least height of what is red or amber of a bar."""


class DensityStrip(QWidget):
    """Shows the bars it is given; `asked` has the ends of the bar that was clicked."""

    asked = Signal(object, object)  # datetime, datetime

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: Sequence[Bar] = ()
        self._since = self._until = datetime.min
        self._sight: tuple[datetime, datetime] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName("Lines over time")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    @property
    def room(self) -> int:
        """How many bars there is room for."""
        return max(1, (self.width() - MERGED_LEFT - RIGHT) // PITCH)

    def show_bars(self, bars: Sequence[Bar], since: datetime, until: datetime) -> None:
        """Show these, of equal widths from `since` to `until`."""
        self._bars, self._since, self._until = bars, since, until
        self.update()

    def show_sight(self, sight: tuple[datetime, datetime] | None) -> None:
        """Show the times of the first and the last line that are in sight."""
        if sight != self._sight:
            self._sight = sight
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, HEIGHT)

    # --- The mouse ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for what was printed then; beside an error, for the error."""
        place = self._bar_at(event.position().x())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            near = (place, place - 1, place + 1)
            grave = (
                each for each in near if 0 <= each < len(self._bars) and self._bars[each].errors
            )
            place = next(grave, place)
            self.asked.emit(self._time(place), self._time(place + 1))

    def event(self, event: QEvent) -> bool:
        """The tooltip is that of a bar."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._tell(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _tell(self, where: QPoint, on_screen: QPoint) -> None:
        place = self._bar_at(where.x())
        if place is None:
            QToolTip.hideText()
            return
        bar = self._bars[place]
        told = [f"{self._time(place):%H:%M:%S}", _counted(bar.lines, "line")]
        if bar.errors:
            told.append(_counted(bar.errors, "error"))
        if bar.warnings:
            told.append(_counted(bar.warnings, "warning"))
        QToolTip.showText(on_screen, ", ".join(told), self)

    def _bar_at(self, x: float) -> int | None:
        if not self._bars:
            return None
        place = int((x - MERGED_LEFT) // self._pitch)
        return max(0, min(place, len(self._bars) - 1))

    @property
    def _pitch(self) -> float:
        room = self.width() - MERGED_LEFT - RIGHT
        return min(WIDEST, room / max(1, len(self._bars)))

    def _time(self, place: int) -> datetime:
        return self._since + (self._until - self._since) * place / max(1, len(self._bars))

    def _x(self, at: datetime) -> float:
        whole = max(self._until - self._since, timedelta(milliseconds=1))
        share = max(0.0, min(1.0, (at - self._since) / whole))
        return MERGED_LEFT + share * self._pitch * len(self._bars)

    # --- The picture ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        self._paint_ground(painter, tokens)
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, QColor(tokens.line))
        if self._bars:
            sight = self._sight_box()
            if sight is not None:
                self._paint_sight(painter, sight, tokens)
            self._paint_bars(painter, sight, tokens)
        painter.end()

    def _paint_ground(self, painter: QPainter, tokens: Tokens) -> None:
        """Its corners are round where it is at the top of its frame."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.panel))
        if self.y() <= 1:
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, 8), 7, 7)
        else:
            painter.drawRect(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _sight_box(self) -> QRectF | None:
        if self._sight is None:
            return None
        left, right = (self._x(at) for at in self._sight)
        return QRectF(left - 3, 4, max(right - left + 6, 8), HEIGHT - 9)

    def _paint_sight(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        assert self._sight is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(over(tokens.acc, tokens.panel, 0.6)))
        painter.setBrush(QColor(over(tokens.acc, tokens.panel, 0.16)))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_bars(self, painter: QPainter, sight: QRectF | None, tokens: Tokens) -> None:
        most = max(bar.lines for bar in self._bars) or 1
        base, pitch = HEIGHT - 8, self._pitch
        wide = max(1.0, pitch * WIDE / PITCH)
        plain, seen = QColor(over(tokens.dim, tokens.panel, 0.5)), QColor(tokens.acc)
        seen.setAlphaF(0.75)
        for place, bar in enumerate(self._bars):
            if not bar.lines:
                continue
            x = MERGED_LEFT + place * pitch
            tall = max(3.0, _TALL * bar.lines / most)
            inside = sight is not None and sight.left() <= x + wide / 2 <= sight.right()
            painter.fillRect(QRectF(x, base - tall, wide, tall), seen if inside else plain)
            top = base - tall
            for count, colour in ((bar.errors, tokens.err), (bar.warnings, tokens.warn)):
                if count:
                    high = max(_GRAVE, tall * count / bar.lines)
                    painter.fillRect(QRectF(x, top, wide, min(high, base - top)), QColor(colour))
                    top += high
        self._paint_times(painter, sight, tokens)

    def _paint_times(self, painter: QPainter, sight: QRectF | None, tokens: Tokens) -> None:
        """The times that are in sight stand beside the window, where nothing else would be read."""
        if sight is None or self._sight is None:
            return
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        words = " to ".join(f"{at:%H:%M:%S}" for at in self._sight)
        wide = QFontMetrics(font).horizontalAdvance(words) + 8
        left = sight.right() + 6
        if left + wide > self.width() - RIGHT:
            left = sight.left() - 6 - wide
        if left < MERGED_LEFT:
            return
        box = QRectF(left, 5, wide, 15)
        painter.fillRect(box, QColor(tokens.panel))
        painter.setFont(font)
        painter.setPen(QColor(tokens.text2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _counted(count: int, word: str) -> str:
    return f"{grouped(count)} {word}{'' if count == 1 else 's'}"
