"""A box to be ticked, by mouse and keyboard."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.tick_box import TickBox
from tests.support.qt import heard_by


def test_a_click_and_space_ask_and_nothing_changes_before_it_is_shown(
    both_themes: Theme, qtbot: QtBot
) -> None:
    box = TickBox(both_themes, "Its status was read")
    qtbot.addWidget(box)
    box.show()
    asked = heard_by(box.clicked)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert (len(asked), box.isChecked()) == (1, False)
    empty = box.grab().toImage()
    box.show_ticked(True)
    assert box.isChecked()
    assert box.grab().toImage() != empty
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert (len(asked), box.isChecked()) == (2, True)
    assert box.accessibleName() == "Its status was read"
