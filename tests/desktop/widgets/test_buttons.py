"""Buttons can be read, by eye and by ear."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Choice, Theme
from desktop.widgets.buttons import IconButton, TextButton


def test_an_icon_button_has_a_name_and_tells_its_key(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "restart", "Restart worker1", key="Shift+F5")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Restart worker1"
    assert button.toolTip() == "Restart worker1  Shift+F5"


def test_a_click_is_passed_on_once(theme: Theme, qtbot: QtBot) -> None:
    clicks: list[int] = []
    icon_button = IconButton(theme, "stop", "Stop", lambda: clicks.append(1))
    text_button = TextButton(theme, "Stop", lambda: clicks.append(2))
    for button in (icon_button, text_button):
        qtbot.addWidget(button)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicks == [1, 2]


def test_a_double_click_is_one_click(theme: Theme, qtbot: QtBot) -> None:
    clicks: list[str] = []
    for button in (
        IconButton(theme, "stop", "Stop", lambda: clicks.append("icon")),
        TextButton(theme, "Stop", lambda: clicks.append("text")),
        IconButton(theme, "plus", "One more", lambda: clicks.append("quick"), quick=True),
    ):
        qtbot.addWidget(button)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert clicks == ["icon", "text", "quick", "quick"]


def test_icons_follow_the_theme(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "stop", "Stop")
    qtbot.addWidget(button)
    dark = button.icon().pixmap(16).toImage()
    theme.choose(Choice.LIGHT)
    assert button.icon().pixmap(16).toImage() != dark


def test_a_button_may_become_another_one(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "stop", "Stop worker1")
    qtbot.addWidget(button)
    button.show_icon("play", "Start worker1")
    assert button.accessibleName() == "Start worker1"
