"""The theme that is in force, and the choice behind it."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.theme.style import palette, stylesheet, ui_font
from desktop.theme.tokens import DARK, LIGHT, Tokens


class Choice(StrEnum):
    """What a person may choose."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


_WITH_A_FONT_OF_THE_SYSTEM: Final = (
    *("QAbstractItemView", "QHeaderView", "QMenu", "QMenuBar", "QTipLabel", "QMessageBox"),
    *("QStatusBar", "QToolButton", "QComboMenuItem", "QDockWidgetTitle"),
)
"""Widgets for which Qt's platform of Windows has fonts that win over the application's."""

_SCHEMES: Final = {
    Choice.SYSTEM: Qt.ColorScheme.Unknown,
    Choice.DARK: Qt.ColorScheme.Dark,
    Choice.LIGHT: Qt.ColorScheme.Light,
}


class Theme(QObject):
    """Keeps the application in the chosen theme; follows the system live where that is chosen.

    `changed` comes after palette and style sheet are in place: who paints by himself repaints.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: Choice = Choice.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(ui_font())
        self._give_fonts()
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.tokens: Tokens = DARK
        self._apply()

    @property
    def choice(self) -> Choice:
        """What was chosen."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Choose anew."""
        self._choice = choice
        self._apply()

    def _give_fonts(self) -> None:
        for kind in _WITH_A_FONT_OF_THE_SYSTEM:
            self._application.setFont(ui_font(), kind)  # pyright: ignore[reportArgumentType]  # it takes str

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        QTimer.singleShot(0, self, self._give_fonts)  # Qt takes the system's with its new colours
        if self._choice is Choice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        # The title bar, which is the system's, follows this.
        self._application.styleHints().setColorScheme(_SCHEMES[self._choice])
        light = self._choice is Choice.LIGHT or (
            self._choice is Choice.SYSTEM
            and self._application.styleHints().colorScheme() is Qt.ColorScheme.Light
        )
        self.tokens = LIGHT if light else DARK
        self._application.setPalette(palette(self.tokens))
        self._application.setStyleSheet(stylesheet(self.tokens))
        self.changed.emit()
