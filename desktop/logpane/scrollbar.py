"""A scroll bar that shows where hits, errors and bookmarks are."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from desktop.theme.theme import Theme

MARK: Final = 2
_MOST: Final = 1000


class MarkedScrollBar(QScrollBar):
    """Marks are given as shares, 0 for the top and 1 for the end, by the token of their colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._marks: dict[str, tuple[float, ...]] = {}
        self.setAccessibleName("Log position")
        theme.changed.connect(self.update)

    def show_marks(self, marks: Mapping[str, Sequence[float]]) -> None:
        """Show these instead of the ones before; what comes later is painted on top."""
        thinned = {
            colour: tuple(places[:: len(places) // _MOST + 1]) for colour, places in marks.items()
        }
        if thinned != self._marks:
            self._marks = thinned
            self.update()

    @property
    def marks(self) -> Mapping[str, Sequence[float]]:
        """What is shown."""
        return self._marks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks over the bar."""
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.height() - MARK
        for colour, places in self._marks.items():
            ink = QColor(getattr(self._theme.tokens, colour))
            for y in {round(place * room) for place in places}:
                painter.fillRect(QRect(2, y, self.width() - 4, MARK), ink)
        painter.end()
