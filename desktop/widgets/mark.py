"""A state's shape alone, beside words that say the rest."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.looks import Look
from desktop.theme.theme import Theme
from desktop.widgets.shapes import paint_shape


class Mark(QWidget):
    """Its name for a screen reader is the state's word."""

    def __init__(self, theme: Theme, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(look.label)
        self.setToolTip(look.label)
        theme.changed.connect(self.update)

    def show_look(self, look: Look) -> None:
        """Show another one."""
        if look != self._look:
            self._look = look
            self.setAccessibleName(look.label)
            self.setToolTip(look.label)
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the widest shape."""
        return QSize(14, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        centre = QPointF(self.width() / 2, self.height() / 2)
        colour = getattr(self._theme.tokens, self._look.colour)
        paint_shape(painter, centre, self._look.shape, colour)
        painter.end()
