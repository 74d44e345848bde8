"""A chip: a word and how many there are; pressed in, they are shown."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.theme.tokens import over

PADDING: Final = 10
GAP: Final = 6
RADIUS: Final = 6


class Chip(QAbstractButton):
    """`colour` is a token; a chip without one is neutral. Off, it has no fill and is dim."""

    def __init__(
        self,
        theme: Theme,
        word: str,
        colour: str | None = None,
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = colour
        self._height = 24 if compact else sizes.COMPACT
        self._word = word
        self._count = ""
        self.setText(word)
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_count(self, count: str, *, spoken: str = "") -> None:
        """Show how many there are; a screen reader says what is `spoken`, should that differ."""
        self.setAccessibleName(f"{self._word}, {spoken or count}")
        if count != self._count:
            self._count = count
            self.updateGeometry()
            self.update()

    def show_short(self, short: bool) -> None:
        """Show the first letter of the word alone; all of it is in the tooltip."""
        self.setText(self._word[0] if short else self._word)
        self.setToolTip(self._word if short else "")
        self.updateGeometry()

    def _fonts(self) -> tuple[QFont, QFont]:
        word = QFont(self.font())
        word.setPixelSize(12)
        count = QFont(word)
        word.setWeight(QFont.Weight.Medium)
        return word, count

    def sizeHint(self) -> QSize:
        """As wide as its word and its count need."""
        word, count = self._fonts()
        width = 2 * PADDING + QFontMetrics(word).horizontalAdvance(self.text())
        if self._count:
            width += GAP + QFontMetrics(count).horizontalAdvance(self._count)
        return QSize(width, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens = self._theme.tokens
        on = self.isChecked()
        colour = getattr(tokens, self._colour) if self._colour else tokens.text
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = over(colour, tokens.panel, 0.35) if on and self._colour else tokens.line
        fill = over(colour, tokens.panel, sizes.CHIP_TINT) if self._colour else tokens.raised
        painter.setPen(QPen(QColor(tokens.acc if self.hasFocus() else edge), 1))
        painter.setBrush(QColor(fill) if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        word, count = self._fonts()
        painter.setFont(word)
        painter.setPen(QColor(colour if on else tokens.dim))
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        inner = QRectF(self.rect()).adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(inner, middle | left, self.text())
        painter.setFont(count)
        painter.setPen(QColor(tokens.text2 if on else tokens.dim))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._count)
        painter.end()
