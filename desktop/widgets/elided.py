"""Words of which the end counts most, such as the name of a task."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class Elided(QLabel):
    """Where it is narrow the beginning gives way; the tooltip and a screen reader have all."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(words)
        self.setMinimumWidth(1)
        self.setText(words)

    def sizeHint(self) -> QSize:
        """What all of the words need."""
        width = self.fontMetrics().horizontalAdvance(self._words) + 2
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for more, or for less."""
        super().resizeEvent(event)
        left = Qt.TextElideMode.ElideLeft
        shown = self.fontMetrics().elidedText(self._words, left, self.width())
        self.setText(shown)
        self.setToolTip("" if shown == self._words else self._words)
