"""The dialog: two pages, what is odd, and where all that is kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from core.errors import FleetError
from core.settings.origin import Layer
from desktop.settings.fleet_page import FleetPage
from desktop.settings.window_page import WindowPage
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import ErrorCard
from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled

SIZE: Final = (760, 720)
TABS: Final = ("Fleet", "Window")


class SettingsDialog(QDialog):
    """`files` are as for a `FleetPage`; `file_asked` has the path of one to open."""

    file_asked = Signal(str)

    def __init__(self, theme: Theme, files: Mapping[Layer, Path], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._files = files
        self.setWindowTitle("Settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.fleet = FleetPage(theme, files)
        self.window_page = WindowPage(theme)
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName("Settings")
        self._pages = QStackedWidget()
        for name, page in zip(TABS, (self.fleet, self.window_page), strict=True):
            self._tabs.addTab(name)
            self._pages.addWidget(scrolled(page, by_keys=True))
        self._tabs.currentChanged.connect(self._turn)
        self._errors = QVBoxLayout()
        self._errors.setContentsMargins(24, 0, 24, 0)
        self._foot = label("", "dim", wrap=True)
        self._lay_out()
        self.fleet.file_asked.connect(self.file_asked)
        self._turn(0)

    def show_error(self, error: FleetError | None) -> None:
        """Show what went wrong, in place of what did before."""
        while (item := self._errors.takeAt(0)) is not None:
            if (card := item.widget()) is not None:
                card.deleteLater()
        if error is not None:
            self._errors.addWidget(ErrorCard(self._theme, error))

    def turn_to(self, name: str) -> None:
        """Show the page of this name."""
        self._tabs.setCurrentIndex(TABS.index(name))

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "top-bar")
        tabs = QHBoxLayout(head)
        tabs.setContentsMargins(24, 0, 24, 0)
        tabs.addWidget(self._tabs)
        tabs.addStretch(1)
        foot = QFrame()
        foot.setProperty("role", "status-bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        row.addWidget(self._foot, 1)
        self._open = TextButton(self._theme, "Open the file", self._open_file, compact=True)
        row.addWidget(self._open)
        row.addWidget(TextButton(self._theme, "Close", self.accept, compact=True))
        for button in foot.findChildren(TextButton):
            button.setAutoDefault(False)  # Enter finishes what is typed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(self._errors)
        column.addWidget(self._pages, 1)
        column.addWidget(foot)

    def _turn(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        fleet = number == 0
        self._open.setVisible(fleet)
        self._foot.setText(
            "Saved at once. Holds from the next time that the project is opened."
            if fleet
            else "Holds at once."
        )

    def _open_file(self) -> None:
        self.file_asked.emit(str(self._files[self.fleet.layer]))
