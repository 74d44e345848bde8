"""The dialog of settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.settings.layers import Entries
from core.settings.origin import Layer
from desktop.settings.dialog import SettingsDialog
from desktop.theme.theme import Theme
from desktop.widgets.error_card import ErrorCard
from tests.support.walking import unnamed


@pytest.fixture
def dialog(
    both_themes: Theme, qtbot: QtBot, entries: Entries, files: dict[Layer, Path]
) -> Iterator[SettingsDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SettingsDialog(both_themes, files, parent)
    dialog.fleet.show_entries(entries)
    parent.show()
    dialog.open()
    yield dialog


def button(dialog: SettingsDialog, text: str) -> QPushButton:
    buttons = dialog.findChildren(QPushButton)
    return [each for each in buttons if each.text() == text and each.isVisible()][-1]


def test_pages_are_turned_and_say_when_they_hold(dialog: SettingsDialog) -> None:
    assert dialog.fleet.isVisible()
    dialog.turn_to("Window")
    assert dialog.window_page.isVisible()
    assert not dialog.fleet.isVisible()
    assert any("Holds at once" in each.text() for each in dialog.findChildren(QLabel))


def test_the_file_that_is_changed_can_be_opened(
    dialog: SettingsDialog, files: dict[Layer, Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dialog.file_asked) as asked:
        qtbot.mouseClick(button(dialog, "Open the file"), Qt.MouseButton.LeftButton)
    assert asked.args == [str(files[Layer.LOCAL])]


def test_enter_finishes_what_is_typed_and_esc_closes(dialog: SettingsDialog, qtbot: QtBot) -> None:
    row = dialog.fleet.rows["workers"].input
    row.setFocus()
    with qtbot.waitSignal(dialog.fleet.saved):
        qtbot.keyClicks(row, "0")
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_an_error_takes_the_place_of_the_one_before(dialog: SettingsDialog, qtbot: QtBot) -> None:
    for what in ("one", "two"):
        dialog.show_error(FleetError(what, "why", "fix"))
    qtbot.waitUntil(lambda: len(dialog.findChildren(ErrorCard)) == 1)
    dialog.show_error(None)
    qtbot.waitUntil(lambda: dialog.findChildren(ErrorCard) == [])


def test_all_that_can_be_used_has_a_name(dialog: SettingsDialog) -> None:
    for page in ("Fleet", "Window"):
        dialog.turn_to(page)
        assert unnamed(dialog) == []
