"""A toggle, by mouse and keyboard."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.toggle import Toggle


def test_a_click_and_space_turn_it(both_themes: Theme, qtbot: QtBot) -> None:
    toggle = Toggle(both_themes, "notify", ("False", "True"))
    qtbot.addWidget(toggle)
    toggle.show()
    told: list[bool] = []
    toggle.toggled.connect(told.append)
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert toggle.word == "True"
    qtbot.keyClick(toggle, Qt.Key.Key_Space)
    assert toggle.word == "False"
    assert told == [True, False]
    assert not toggle.grab().isNull()
