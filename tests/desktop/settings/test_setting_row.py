"""One setting of the fleet."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from core.settings.layers import Entries
from core.settings.origin import Layer
from desktop.settings.setting_row import SettingRow
from desktop.theme.theme import Theme
from tests.desktop.settings.conftest import entry_of

FILE = Path("local.toml")


@pytest.fixture
def row(theme: Theme, qtbot: QtBot, entries: Entries) -> SettingRow:
    return shown(theme, qtbot, entries, "workers")


def shown(
    theme: Theme, qtbot: QtBot, entries: Entries, path: str, layer: Layer = Layer.LOCAL
) -> SettingRow:
    entry = entry_of(entries, path)
    row = SettingRow(theme, entry)
    qtbot.addWidget(row)
    row.show()
    row.show_entry(entry, layer, FILE)
    return row


def told(row: SettingRow) -> str:
    return " | ".join(each.text() for each in row.findChildren(QLabel))


def test_it_shows_what_its_layer_says_and_what_counts_instead(row: SettingRow) -> None:
    assert row.input.text() == "5"
    assert "this machine" in told(row)
    assert "How many workers" in told(row)


def test_what_is_typed_is_checked_at_once_and_saved_when_right(
    row: SettingRow, qtbot: QtBot
) -> None:
    saved: list[tuple[str, object]] = []
    row.saved.connect(lambda path, value: saved.append((path, value)))
    row.input.setFocus()
    qtbot.keyClicks(row.input, "00")
    assert "It must be a whole number from 1 to 64" in told(row)
    assert row.input.property("wrong") is True
    qtbot.keyClick(row.input, Qt.Key.Key_Return)
    assert saved == []
    qtbot.keyClick(row.input, Qt.Key.Key_Backspace)
    qtbot.keyClick(row.input, Qt.Key.Key_Return)
    assert row.input.property("wrong") is False
    assert saved == [("workers", 50)]


def test_what_is_wrong_stays_as_typed_when_something_else_was_saved(
    row: SettingRow, qtbot: QtBot, entries: Entries
) -> None:
    qtbot.keyClicks(row.input, "00")
    row.show_entry(entry_of(entries, "workers"), Layer.LOCAL, FILE)
    assert row.input.text() == "500"
    row.show_entry(entry_of(entries, "workers"), Layer.USER, FILE)
    assert row.input.text() == ""


def test_a_reset_is_a_click_or_an_empty_field(row: SettingRow, qtbot: QtBot) -> None:
    (button,) = row.findChildren(QToolButton)
    with qtbot.waitSignal(row.reset) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["workers"]
    qtbot.keyClick(row.input, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(row.reset) as asked:
        qtbot.keyClick(row.input, Qt.Key.Key_Return)
    assert asked.args == ["workers"]


def test_where_its_layer_says_nothing_there_is_nothing_to_reset(
    theme: Theme, qtbot: QtBot, entries: Entries
) -> None:
    row = shown(theme, qtbot, entries, "grace")
    (button,) = row.findChildren(QToolButton)
    assert not button.isVisible()
    assert "What counts is 5.0, from SOLOFLEET_GRACE" in told(row)


@pytest.mark.parametrize(("path", "there"), [("app", False), ("loglevel", True)])
def test_what_belongs_to_one_project_is_not_among_those_of_all(
    theme: Theme, qtbot: QtBot, entries: Entries, path: str, there: bool
) -> None:
    assert shown(theme, qtbot, entries, path, Layer.USER).isVisible() is there


def test_a_table_is_shown_and_written_in_the_file(
    theme: Theme, qtbot: QtBot, entries: Entries
) -> None:
    row = shown(theme, qtbot, entries, "groups.mail.env")
    assert not row.input.isEnabled()
    assert "It is a table" in told(row)
    assert "b" not in row.input.text()
