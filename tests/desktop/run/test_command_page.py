"""A command that works when it is pasted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop.run.command_page import NONE, CommandPage
from desktop.theme.theme import Theme


def test_what_is_copied_is_quoted_for_the_shell(theme: Theme, qtbot: QtBot) -> None:
    page = CommandPage(theme)
    qtbot.addWidget(page)
    page.show_command(("/my venv/python", "-n", "w1@box"), "In /shop")
    buttons = {each.accessibleName(): each for each in page.findChildren(QToolButton)}
    copied: dict[str, str] = {}
    for shell in ("PowerShell", "cmd", "sh"):
        qtbot.mouseClick(buttons[shell], Qt.MouseButton.LeftButton)
        qtbot.mouseClick(buttons["Copy the command"], Qt.MouseButton.LeftButton)
        copied[shell] = QGuiApplication.clipboard().text()
    assert copied == {
        "PowerShell": "& '/my venv/python' '-n' 'w1@box'",
        "cmd": '"/my venv/python" -n "w1@box"',
        "sh": "'/my venv/python' -n w1@box",
    }


def test_where_there_is_none_there_is_nothing_to_copy(theme: Theme, qtbot: QtBot) -> None:
    page = CommandPage(theme)
    qtbot.addWidget(page)
    page.show_command((), "")
    assert NONE in [each.text() for each in page.findChildren(QLabel)]
    copier = next(
        each
        for each in page.findChildren(QToolButton)
        if each.accessibleName() == "Copy the command"
    )
    assert not copier.isEnabled()
