"""The set-up page as a whole."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.setup.choices import Choices
from desktop.setup.page import SetUpPage
from desktop.theme.theme import Theme
from tests.support.trials import faulty, working


def shown(theme: Theme, qtbot: QtBot) -> SetUpPage:
    page = SetUpPage(theme)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    with qtbot.waitActive(page):
        page.show()
    return page


def test_keys_start_and_leave(both_themes: Theme, qtbot: QtBot) -> None:
    page = shown(both_themes, qtbot)
    page.show_trial(working(), Choices())
    begin = page.fleet.begin
    begin.setFocus()
    with qtbot.waitSignal(page.start):
        qtbot.keyClick(begin, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(begin, Qt.Key.Key_Escape)


def test_the_key_starts_nothing_while_something_is_wrong(theme: Theme, qtbot: QtBot) -> None:
    page = shown(theme, qtbot)
    page.show_trial(faulty(), Choices())
    page.fleet.queues.setFocus()
    with qtbot.assertNotEmitted(page.start):
        qtbot.keyClick(page.fleet.queues, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_page_names_the_project(theme: Theme, qtbot: QtBot) -> None:
    page = shown(theme, qtbot)
    page.show_trial(working(), Choices())
    assert "Set up shop" in [each.text() for each in page.findChildren(QLabel)]


def test_nothing_is_lost_in_the_smallest_window(theme: Theme, qtbot: QtBot) -> None:
    page = shown(theme, qtbot)
    page.show_trial(faulty(), Choices())
    assert page.minimumSizeHint().width() <= 1024
    page.resize(1024, 640)
    page.layout().activate()
    for card in (page.project, page.broker, page.variables):
        assert card.minimumSizeHint().width() <= card.width()
    assert page.minimumSizeHint().height() <= 640
