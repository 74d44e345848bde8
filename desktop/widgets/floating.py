"""A panel that lies over the window until something else is used."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget


class Floating(QFrame):
    """Esc and a focus that goes elsewhere close it; `place` is called to find its place.

    Who derives from it hides it when it is made, and shows it by `come`.
    """

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self.host = window
        self.setProperty("role", "floating")
        self.setAccessibleName(name)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        window.installEventFilter(self)

    def place(self) -> None:
        """Take size and place in the window as it is now."""
        raise NotImplementedError

    def come(self) -> None:
        """Show it over everything."""
        self.place()
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It stays in its place while the window grows and shrinks."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and now is not self and not self.isAncestorOf(now):
            self.hide()
