"""The dialog, by mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.debugging.attach import Recipe
from desktop.debugging.dialog import AttachDialog
from desktop.theme.theme import Theme

RECIPES = {"VS Code": Recipe('{"port": 5678}', "launch.json"), "PyCharm": Recipe("a", "a form")}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(both_themes: Theme, window: QWidget) -> AttachDialog:
    dialog = AttachDialog(both_themes, "worker2", 5678, RECIPES, window)
    dialog.show()
    return dialog


def words(dialog: AttachDialog) -> list[str]:
    return [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]


def press(dialog: AttachDialog, text: str, qtbot: QtBot) -> None:
    buttons = (*dialog.findChildren(QPushButton), *dialog.findChildren(QToolButton))
    button = next(each for each in buttons if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_the_port_and_what_the_first_editor_is_told(dialog: AttachDialog) -> None:
    dialog.show_state("It starts again when images.thumbnail is over.")
    assert {
        "worker2 under debugpy, port 5678",
        "It starts again when images.thumbnail is over.",
        '{"port": 5678}',
        "launch.json",
    } <= set(words(dialog))


def test_another_editor_is_told_something_else_and_that_is_copied(
    dialog: AttachDialog, qtbot: QtBot
) -> None:
    press(dialog, "PyCharm", qtbot)
    assert "a form" in words(dialog)
    press(dialog, "Copy", qtbot)
    assert QGuiApplication.clipboard().text() == "a"


def test_it_may_be_ended_from_here(dialog: AttachDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.ended):
        press(dialog, "Restart without debugger", qtbot)
