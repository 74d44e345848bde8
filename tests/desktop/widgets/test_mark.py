"""A shape beside words."""

from pytestqt.qtbot import QtBot

from desktop.theme.looks import TASK
from desktop.theme.theme import Theme
from desktop.widgets.mark import Mark


def test_it_can_be_heard_as_well_as_seen(both_themes: Theme, qtbot: QtBot) -> None:
    mark = Mark(both_themes, TASK["failed"])
    qtbot.addWidget(mark)
    mark.resize(mark.sizeHint())
    assert mark.accessibleName() == "Failed"
    assert mark.grab().toImage().pixelColor(7, 7).name() == both_themes.tokens.err
