"""One of a few."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.segmented import Segment, Segmented


@pytest.fixture
def segmented(both_themes: Theme, qtbot: QtBot) -> Segmented:
    segments = (Segment("one", "One pane", "layout-one"), Segment("sh", "sh"))
    made = Segmented(both_themes, "Layout", segments)
    qtbot.addWidget(made)
    made.show()
    return made


def test_one_is_down_and_a_click_presses_another(segmented: Segmented, qtbot: QtBot) -> None:
    first, second = segmented.findChildren(QToolButton)
    assert (segmented.value, first.accessibleName(), second.text()) == ("one", "One pane", "sh")
    with qtbot.waitSignal(segmented.chosen) as told:
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert (told.args, segmented.value, first.isChecked()) == (["sh"], "sh", False)


def test_what_the_program_presses_is_no_choice(segmented: Segmented, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(segmented.chosen):
        segmented.show_value("sh")
    assert segmented.value == "sh"
