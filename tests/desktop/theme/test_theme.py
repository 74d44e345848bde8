"""One theme is in force, and can be changed at any time."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Choice, Theme
from desktop.theme.tokens import DARK, LIGHT


def test_the_choice_is_in_force_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, Choice.DARK)
    assert theme.tokens is DARK
    with qtbot.waitSignal(theme.changed):
        theme.choose(Choice.LIGHT)
    assert (theme.choice, theme.tokens) == (Choice.LIGHT, LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.bg


def test_the_system_is_followed_only_where_that_is_chosen(qapp: QApplication) -> None:
    theme = Theme(qapp, Choice.LIGHT)
    hints = qapp.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is LIGHT
    theme.choose(Choice.SYSTEM)
    light = hints.colorScheme() is Qt.ColorScheme.Light
    assert theme.tokens is (LIGHT if light else DARK)


def test_tables_have_the_font_of_the_window(theme: Theme, qapp: QApplication) -> None:
    assert qapp.font("QHeaderView").family() == qapp.font().family()
