"""What was said lately."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from core.changes import Said
from desktop.shell.news import MOST, News
from desktop.shell.status_bar import StatusBar
from desktop.theme.theme import Theme


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> StatusBar:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.resize(800, 28)
    bar.show()
    return bar


def listed(bar: StatusBar, qtbot: QtBot) -> QMenu:
    button = bar.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = bar.findChild(QMenu)
    assert menu is not None
    return menu


def test_the_latest_stands_in_the_bar_and_a_click_lists_all(bar: StatusBar, qtbot: QtBot) -> None:
    news = News(bar)
    news.take(Said(None, "the machine slept for 60 s"))
    news.take(Said("worker4@box", "killed from outside"))
    menu = listed(bar, qtbot)
    texts = [action.text()[10:] for action in menu.actions()]
    assert texts == ["worker4: killed from outside", "the machine slept for 60 s"]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text().endswith("the machine slept for 60 s")
    menu.close()


def test_the_oldest_are_forgotten(bar: StatusBar, qtbot: QtBot) -> None:
    news = News(bar)
    for number in range(MOST + 5):
        news.take(Said(None, str(number)))
    menu = listed(bar, qtbot)
    assert len(menu.actions()) == MOST
    menu.close()
