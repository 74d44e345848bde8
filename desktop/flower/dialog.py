"""Where Flower is, and who may enter."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.flower.access import Access
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label

WIDTH: Final = 540
MASK: Final = "•" * 8
OWN: Final = (
    "The project's interpreter has no Flower, so Solofleet's own runs: a flowerconfig.py of the"
    " project's, and its task formats, are not used."
)
HISTORY: Final = "The browser asks for both. They are in no URL, which would stand in its history."


class FlowerDialog(QDialog):
    """`opened` wants the browser. The password goes to the clipboard only."""

    opened = Signal()

    def __init__(self, theme: Theme, access: Access, *, own: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._access = access
        self.setWindowTitle("Flower")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self._state = label("", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(label("Flower", "big-title"))
        column.addWidget(self._state)
        column.addSpacing(8)
        column.addLayout(self._login())
        column.addWidget(label(HISTORY, "dim", wrap=True))
        if own:
            column.addWidget(label(OWN, "dim", wrap=True))
        column.addSpacing(12)
        column.addLayout(self._buttons())
        self.show_ready(False)

    def show_state(self, text: str) -> None:
        """Say how far it is."""
        self._state.setText(text)

    def show_ready(self, ready: bool) -> None:
        """Whether there is a page to be opened."""
        self._open.setEnabled(ready)

    def _login(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        user = label(self._access.user, "strong")
        user.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows = (
            ("User", user, "Copy user", self._copy_user),
            ("Password", label(MASK), "Copy password", self._copy_password),
        )
        for number, (name, value, words, copy) in enumerate(rows):
            grid.addWidget(label(name, "text2"), number, 0)
            grid.addWidget(value, number, 1)
            button = TextButton(self._theme, words, copy, icon_name="copy", compact=True)
            grid.addWidget(button, number, 2)
        grid.addWidget(label("Kept", "text2"), len(rows), 0)
        grid.addWidget(label(self._access.kept, wrap=True), len(rows), 1, 1, 2)
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(TextButton(self._theme, "Close", self.close, role="quiet"))
        self._open = TextButton(
            self._theme,
            "Open in the browser",
            self.opened.emit,
            icon_name="external",
            role="primary",
        )
        row.addWidget(self._open)
        return row

    def _copy_user(self) -> None:
        QGuiApplication.clipboard().setText(self._access.user)

    def _copy_password(self) -> None:
        QGuiApplication.clipboard().setText(self._access.password.reveal())
