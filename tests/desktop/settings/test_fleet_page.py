"""The settings of the fleet."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core.settings.keys import KEYS
from core.settings.layers import Entries
from core.settings.origin import Layer
from desktop.settings.fleet_page import WORDS, FleetPage
from desktop.settings.warning_card import WarningCard
from desktop.theme.theme import Theme


@pytest.fixture
def page(theme: Theme, qtbot: QtBot, entries: Entries, files: dict[Layer, Path]) -> FleetPage:
    page = FleetPage(theme, files)
    qtbot.addWidget(page)
    page.resize(740, 2000)
    page.show_entries(entries)
    page.show()
    return page


def choose(page: FleetPage, qtbot: QtBot, layer: Layer) -> None:
    buttons = page.findChildren(QToolButton)
    button = next(each for each in buttons if each.text() == WORDS[layer])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def seen(page: FleetPage) -> list[str]:
    return [path for path, row in page.rows.items() if row.isVisible()]


def test_all_settings_are_there_and_what_is_odd_is_told(page: FleetPage) -> None:
    assert seen(page)[: len(KEYS)] == list(KEYS)
    assert "groups.mail.queues" in seen(page)
    (card,) = page.findChildren(WarningCard)
    assert "did you mean workers?" in card.accessibleName()


def test_another_layer_has_its_own_values(page: FleetPage, qtbot: QtBot) -> None:
    assert page.rows["workers"].input.text() == "5"
    choose(page, qtbot, Layer.USER)
    assert page.rows["workers"].input.text() == ""
    assert page.rows["loglevel"].input.text() == "debug"
    assert set(seen(page)) == {name for name, key in KEYS.items() if key.for_all}


def test_changes_are_told_with_their_layer(page: FleetPage, qtbot: QtBot) -> None:
    row = page.rows["workers"].input
    with qtbot.waitSignal(page.saved) as saved:
        qtbot.keyClick(row, Qt.Key.Key_Backspace)
        qtbot.keyClicks(row, "7")
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert saved.args == [Layer.LOCAL, "workers", 7]
    choose(page, qtbot, Layer.USER)
    row.setFocus()
    with qtbot.waitSignal(page.saved) as saved:
        qtbot.keyClicks(row, "8")
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert saved.args == [Layer.USER, "workers", 8]


def test_a_group_that_is_gone_has_no_rows(page: FleetPage, entries: Entries) -> None:
    rest = tuple(each for each in entries.entries if not each.path.startswith("groups."))
    page.show_entries(replace(entries, entries=rest, warnings=()))
    assert list(page.rows) == list(KEYS)
    assert page.layer is Layer.LOCAL
