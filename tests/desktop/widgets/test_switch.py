"""Small switches."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.switch import switch


def test_a_switch_stays_pressed_in_and_has_a_name(theme: Theme, qtbot: QtBot) -> None:
    made = switch("Aa", "Match case")
    qtbot.addWidget(made)
    assert (made.text(), made.accessibleName(), made.toolTip()) == ("Aa", *["Match case"] * 2)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert made.isChecked()
