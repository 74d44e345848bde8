"""The place at the foot of a log for a card: no higher than the log can spare."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.scrolled import scrolled

_MARGINS: Final = (8, 4, 8, 2)


class Foot(QWidget):
    """Takes the height that its card needs, up to the limit; a card that needs more scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: QWidget | None = None
        self._most = 0
        self._area: QScrollArea = scrolled()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setMinimumHeight(1)  # its own hint is more than a card of two lines needs
        column = QVBoxLayout(self)
        column.setContentsMargins(*_MARGINS)
        column.addWidget(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_card(self, card: QWidget | None) -> None:
        """Show a card instead of the one before, which is deleted; None for no card at all."""
        if self._card is not None:
            self._area.takeWidget().deleteLater()
        self._card = card
        if card is not None:
            self._area.setWidget(card)
            card.installEventFilter(self)
        self.setVisible(card is not None)
        self._fit()

    def limit(self, most: int) -> None:
        """How many pixels of height it may have."""
        self._most = most
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card says something else, and needs another height."""
        if watched is self._card and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width its words take another height."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Any width; the height that it has."""
        return QSize(0, self.minimumHeight())

    def _fit(self) -> None:
        if self._card is None:
            return
        left, top, right, bottom = _MARGINS
        wanted = self._card.heightForWidth(max(1, self.width() - left - right))
        self.setFixedHeight(max(0, min(wanted + top + bottom, self._most)))
