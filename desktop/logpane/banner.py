"""The strip under a pane's head: what is waited for, how long still, and the way out of it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.looks import Look
from desktop.theme.theme import Theme
from desktop.theme.tokens import over
from desktop.widgets.buttons import Role, TextButton
from desktop.widgets.labels import label
from desktop.widgets.mark import Mark

BAR: Final = 2
LEAST: Final = 80
"""px, below which the rest of a text says nothing."""


@dataclass(frozen=True, slots=True)
class BannerWords:
    """What a banner says: `text`, then `strong` in the state's colour, which says when.

    `button` is its label, empty for none. `share` of the time, 0 to 1, is used up; None when
    nothing runs out.
    """

    look: Look
    text: str
    strong: str = ""
    button: str = ""
    share: float | None = None

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        return f"{self.text}, {self.strong}" if self.strong else self.text


class Banner(QFrame):
    """Shows words that may be other ones each second; `pressed` is a click on its button."""

    pressed = Signal()

    def __init__(self, theme: Theme, words: BannerWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._mark = Mark(theme, words.look)
        self._text = label("", "text2")
        self._text.setMinimumWidth(1)
        self._strong = label("", "toned")
        role: Role = "danger" if words.look.colour == "warn" else ""
        self._button = TextButton(theme, words.button, self.pressed.emit, role=role, compact=True)
        self.setFixedHeight(sizes.PANE_HEADER)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 0, 7, BAR)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addWidget(self._strong)
        row.addWidget(self._button)
        theme.changed.connect(self.update)
        self.show_words(words)

    @property
    def words(self) -> BannerWords:
        """What it says."""
        return self._words

    def show_words(self, words: BannerWords) -> None:
        """Say this."""
        self._words = words
        self._mark.show_look(words.look)
        self._strong.setText(words.strong)
        self._strong.setVisible(bool(words.strong))
        self._button.setText(words.button)
        self._button.setAccessibleName(words.button)
        self._button.setVisible(bool(words.button))
        self.setAccessibleName(words.sentence)
        self.setToolTip(words.sentence)
        self._strong.setProperty("tone", words.look.colour)
        self._strong.style().unpolish(self._strong)  # the sheet depends on `tone`
        self._strong.style().polish(self._strong)
        self._elide()
        self.update()

    def _elide(self) -> None:
        """The beginning and the end of a text say most: a long name gives way."""
        width = max(1, self._text.width())
        metrics = QFontMetrics(self._text.font())
        middle = Qt.TextElideMode.ElideMiddle
        fits = width >= LEAST or metrics.horizontalAdvance(self._words.text) <= width
        self._text.setText(metrics.elidedText(self._words.text, middle, width) if fits else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for other words."""
        super().resizeEvent(event)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self._elide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tint, the line below, and the part of the time that is used up."""
        tokens = self._theme.tokens
        colour = getattr(tokens, self._words.look.colour)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(over(colour, tokens.log, sizes.LOG_TINT)))
        below = QRectF(0, self.height() - BAR, self.width(), BAR)
        painter.fillRect(below, QColor(over(colour, tokens.log, 0.35)))
        if self._words.share is not None:
            below.setWidth(self.width() * max(0.0, min(1.0, self._words.share)))
            painter.fillRect(below, QColor(colour))
        painter.end()
