"""The settings of the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.keeping.habits import Habits
from desktop.leaving.choice import AtClose
from desktop.logpane.manner import Manner
from desktop.logpane.times import TimeFormat
from desktop.settings.window_page import WindowPage
from desktop.theme.theme import Choice, Theme
from desktop.widgets.combo import Combo
from desktop.widgets.toggle import Toggle

HABITS = Habits(Choice.DARK, Manner(False, TimeFormat.NONE, 14), editor="ed {file}")


@pytest.fixture
def page(both_themes: Theme, qtbot: QtBot) -> WindowPage:
    page = WindowPage(both_themes)
    qtbot.addWidget(page)
    page.show_habits(HABITS, "VS Code: code")
    page.show_close("shop", AtClose.STOP)
    page.show()
    return page


def named(page: WindowPage, name: str) -> QLineEdit:
    return next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == name)


def test_it_shows_what_is_chosen(page: WindowPage) -> None:
    assert named(page, "Size of the text in logs").text() == "14"
    assert named(page, "Editor").text() == "ed {file}"
    assert named(page, "Editor").placeholderText() == "VS Code: code"
    assert [each.currentData() for each in page.findChildren(Combo)] == [
        TimeFormat.NONE,
        AtClose.STOP,
    ]


def test_the_theme_is_a_click(page: WindowPage, qtbot: QtBot) -> None:
    button = next(each for each in page.findChildren(QToolButton) if each.text() == "Light")
    with qtbot.waitSignal(page.theme_chosen) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == [Choice.LIGHT]


def test_how_logs_are_shown_is_told_as_a_whole(page: WindowPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.manner_chosen) as told:
        qtbot.keyClick(page.findChild(Toggle), Qt.Key.Key_Space)
    assert told.args == [Manner(True, TimeFormat.NONE, 14)]


def test_an_editor_that_cannot_be_used_is_told_and_not_taken(
    page: WindowPage, qtbot: QtBot
) -> None:
    field = named(page, "Editor")
    chosen: list[str] = []
    page.editor_chosen.connect(chosen.append)
    qtbot.keyClicks(field, ' "')
    assert field.property("wrong") is True
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen == []
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field, "-n")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen == ["ed {file} -n"]


def test_what_happens_on_closing_is_chosen_for_a_project_that_is_open(
    page: WindowPage, qtbot: QtBot
) -> None:
    combo = page.findChildren(Combo)[-1]
    with qtbot.waitSignal(page.close_chosen) as told:
        combo.setCurrentIndex(0)
        combo.activated.emit(0)
    assert told.args == [AtClose.ASK]
    page.show_close("", None)
    assert not combo.isEnabled()
