"""The rail and the pages."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.shell.places import Places
from desktop.shell.rail import Entry, Rail
from desktop.theme.theme import Theme

ENTRIES = (Entry("run", "Run", "Ctrl+1"), Entry("deploy", "Deploy", "Ctrl+4"))


def test_a_click_shows_a_page_and_the_one_that_is_seen_is_marked(
    theme: Theme, qtbot: QtBot
) -> None:
    rail, pages = Rail(theme, ENTRIES), QStackedWidget()
    qtbot.addWidget(rail)
    qtbot.addWidget(pages)
    rail.show()
    home, deploy, sender = QWidget(), QWidget(), QWidget()
    open_now: list[QWidget] = []
    pages.addWidget(home)
    pages.addWidget(sender)
    places = Places(rail, pages, lambda: open_now[0] if open_now else None, (deploy,))
    QTest.mouseClick(rail.buttons[1], Qt.MouseButton.LeftButton)
    assert pages.currentWidget() is home  # no project is open
    assert rail.buttons[0].isChecked()
    open_now.append(home)
    QTest.mouseClick(rail.buttons[1], Qt.MouseButton.LeftButton)
    assert pages.currentWidget() is deploy
    pages.setCurrentWidget(sender)
    assert rail.buttons[0].isChecked()
    places.show(1)
    assert rail.buttons[1].isChecked()
    places.show(0)
    assert pages.currentWidget() is home
