"""The rail at the left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.shell.rail import Entry, Rail
from desktop.theme.theme import Theme

PAGES = (Entry("run", "Run", "Ctrl+1"), Entry("tasks", "Tasks", "Ctrl+2"))


@pytest.fixture
def rail(both_themes: Theme, qtbot: QtBot) -> Rail:
    rail = Rail(both_themes, PAGES)
    qtbot.addWidget(rail)
    rail.resize(72, 600)
    rail.show()
    qtbot.waitExposed(rail)
    return rail


def test_a_click_asks_for_a_page(rail: Rail, qtbot: QtBot) -> None:
    assert [button.isChecked() for button in rail.buttons] == [True, False]
    with qtbot.waitSignal(rail.page) as asked:
        qtbot.mouseClick(rail.buttons[1], Qt.MouseButton.LeftButton)
    assert asked.args == [1]
    assert [button.isChecked() for button in rail.buttons] == [False, True]


def test_trouble_is_told_by_number_and_by_word(rail: Rail, both_themes: Theme) -> None:
    run = rail.buttons[0]
    run.show_trouble(2)
    assert run.accessibleName() == "Run, 2 in trouble"
    shown = run.grab().toImage()
    colours = {shown.pixelColor(x, 10).name() for x in range(shown.width())}
    assert both_themes.tokens.err in colours
    run.show_trouble(0)
    assert run.accessibleName() == "Run"


def test_flower_keys_and_settings_are_at_hand(rail: Rail, qtbot: QtBot) -> None:
    asks = (rail.flower, rail.keys, rail.settings)
    for button, asked in zip(rail.findChildren(QToolButton), asks, strict=True):
        with qtbot.waitSignal(asked):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
