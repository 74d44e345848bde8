"""The button that floats over a paused log: how much is new, and how to go there."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.theme.icons import pixmap
from desktop.theme.theme import Theme
from desktop.theme.tokens import over
from desktop.widgets.grouped import grouped

HEIGHT: Final = 36
SHADOW: Final = 8
_ICON: Final = 16
_LEFT: Final = 18
_GAP: Final = 10


class NewsButton(QAbstractButton):
    """Shown by itself while there is news, at the bottom of its parent, in the middle."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._hint = "End to follow"
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # End is its key
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        self.hide()

    def show_news(self, lines: int) -> None:
        """Say how many lines are new; hidden when there are none."""
        if not lines:
            self.hide()
            return
        text = f"{grouped(lines)} new {'line' if lines == 1 else 'lines'}"
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"{text}, {self._hint}")
            self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Go to the middle of the parent's bottom edge."""
        size = self.sizeHint()
        self.resize(size)
        x = (self._over.width() - size.width()) // 2
        self.move(x, self._over.height() - size.height() - 4)
        self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        strong, hint = QFont(self.font()), QFont(self.font())
        strong.setPixelSize(13)
        strong.setWeight(QFont.Weight.DemiBold)
        hint.setPixelSize(12)
        return strong, hint

    def _widths(self) -> tuple[int, int]:
        strong, hint = self._fonts()
        return (
            QFontMetrics(strong).horizontalAdvance(self.text()),
            QFontMetrics(hint).horizontalAdvance(self._hint),
        )

    def sizeHint(self) -> QSize:
        """As wide as its words need, with room for the shadow."""
        width = _LEFT + _ICON + _GAP + sum(self._widths()) + 14 + _LEFT
        return QSize(width + 2 * SHADOW, HEIGHT + 2 * SHADOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        for spread in range(SHADOW, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 14))
            grown = box.adjusted(-spread, -spread + 3, spread, spread)
            painter.drawRoundedRect(grown, grown.height() / 2, grown.height() / 2)
        lit = over(tokens.onacc, tokens.accfill, 0.10) if self.underMouse() else tokens.accfill
        painter.setBrush(QColor(lit))
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
        strong, hint = self._fonts()
        x = box.left() + _LEFT
        arrow = pixmap("chevron-down", tokens.onacc, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(x, box.center().y() - _ICON / 2), arrow)
        x += _ICON + _GAP
        painter.setPen(QColor(tokens.onacc))
        for font, text, width in zip(
            (strong, hint), (self.text(), self._hint), self._widths(), strict=True
        ):
            painter.setFont(font)
            where = QRectF(x, box.top(), width + 2, box.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 14
        painter.end()
