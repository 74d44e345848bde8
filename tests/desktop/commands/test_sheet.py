"""The sheet of keys, by keyboard."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.commands.command import Command
from desktop.commands.sections import Line, Section
from desktop.commands.sheet import KeySheet, spread
from desktop.theme.theme import Theme


def commands() -> Sequence[Command]:
    return [
        Command("Stop all workers", lambda: None, "Workers", "Ctrl+F5"),
        Command("Search", lambda: None, "Window", "Ctrl+K", also="Ctrl+Shift+P"),
        *(
            Command(f"Go to pane {number}", lambda: None, "Logs", f"Alt+{number}")
            for number in range(1, 9)
        ),
    ]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 640)
    QLineEdit(window)
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.fixture
def sheet(window: QWidget, both_themes: Theme) -> KeySheet:
    sheet = KeySheet(both_themes, commands, window)
    sheet.toggle()
    return sheet


def test_every_key_is_there_with_what_it_does(sheet: KeySheet) -> None:
    words = [each.text() for each in sheet.findChildren(QLabel) if each.isVisible()]
    assert {"Workers", "Stop all workers", "Ctrl+F5", "Ctrl+K", "or", "Ctrl+Shift+P"} <= set(words)
    assert {"Go to pane 1 to 8", "Alt+1", "to", "Alt+8"} <= set(words)


def test_esc_closes_it(sheet: KeySheet, qtbot: QtBot) -> None:
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_it_closes_when_something_else_is_used(sheet: KeySheet, window: QWidget) -> None:
    field = window.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    assert not sheet.isVisible()


def test_it_stays_within_a_small_window_and_scrolls(sheet: KeySheet, window: QWidget) -> None:
    window.resize(800, 200)
    assert window.rect().contains(sheet.geometry())


def test_columns_are_about_as_high_as_each_other() -> None:
    def section(name: str, count: int) -> Section:
        return Section(name, tuple(Line(f"{name} {n}", ("F1",)) for n in range(count)))

    shown = [section("a", 20), section("b", 6), section("c", 5), section("d", 8), section("e", 6)]
    columns = [[each.title for each in column] for column in spread(shown)]
    assert columns == [["a"], ["b", "e"], ["c", "d"]]
