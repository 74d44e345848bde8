"""A toggle: on or off, with a word beside it."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme

TRACK: Final = QSize(28, 16)
GAP: Final = 10


class Toggle(QAbstractButton):
    """Space and clicks turn it; `words` are what it says when it is off and on."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        words: tuple[str, str] = ("Off", "On"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def word(self) -> str:
        """What it says now."""
        return self._words[self.isChecked()]

    def sizeHint(self) -> QSize:
        """As wide as its longer word needs."""
        metrics = QFontMetrics(self.font())
        word = max(metrics.horizontalAdvance(word) for word in self._words)
        return QSize(TRACK.width() + GAP + word + 4, sizes.CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens = self._theme.tokens
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - TRACK.height()) / 2
        track = QRectF(2.5, top + 0.5, TRACK.width() - 1, TRACK.height() - 1)
        if self.hasFocus():
            painter.setPen(QColor(tokens.acc))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), 10, 10)
        painter.setPen(QColor(tokens.accfill if on else tokens.dim))
        painter.setBrush(QColor(tokens.accfill if on else tokens.field))
        painter.drawRoundedRect(track, 7.5, 7.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.onacc if on else tokens.dim))
        left = track.right() - 13.5 if on else track.left() + 2.5
        painter.drawEllipse(QRectF(left, track.top() + 2, 11, 11))
        painter.setPen(QColor(tokens.text))
        words = QRectF(self.rect()).adjusted(TRACK.width() + GAP + 2, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.word)
        painter.end()
