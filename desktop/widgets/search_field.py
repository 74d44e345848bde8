"""A field to search in, which says how much was found."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label


class SearchField(QLineEdit):
    """Says at its right how much was found."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self._icon = Icon(theme, "find", "grey", parent=self)
        self._count = label("", "dim", parent=self)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextMargins(24, 0, 64, 0)

    def show_count(self, found: int, of: int) -> None:
        """Both numbers, once something is searched for."""
        self._count.setText(f"{found} of {of}" if self.text() else f"{of}")
        self.setAccessibleDescription(self._count.text())
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep both at their ends."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._icon.move(11, (self.height() - 16) // 2)
        self._count.adjustSize()
        top = (self.height() - self._count.height()) // 2
        self._count.move(self.width() - self._count.width() - 11, top)
