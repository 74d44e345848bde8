"""The list over the bell, by mouse and keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.notices.notice import Notice
from desktop.notices.notices import Notices
from desktop.notices.panel import NoticePanel
from desktop.theme.theme import Theme
from desktop.widgets.row_view import RowView

Make = Callable[..., Notice]


class Corner:
    """A window with a field and the panel over it."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1024, 640)
        self.field = QLineEdit(self.window)
        self.notices = Notices()
        self.panel = NoticePanel(theme, self.notices, self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        view = self.panel.findChild(RowView)
        assert view is not None
        self.list = view

    def words(self) -> list[str]:
        return [each.text() for each in self.panel.findChildren(QLabel) if each.isVisible()]


@pytest.fixture
def corner(both_themes: Theme, qtbot: QtBot) -> Corner:
    return Corner(both_themes, qtbot)


def test_open_it_says_how_many_are_new_and_closed_they_are_read(
    corner: Corner, qtbot: QtBot, said: Make
) -> None:
    corner.notices.take(said("one"))
    corner.notices.take(said("two"))
    corner.panel.toggle()
    assert "2 new" in corner.words()
    qtbot.keyClick(corner.list, Qt.Key.Key_Escape)
    assert not corner.panel.isVisible()
    assert corner.notices.unread == 0


def test_a_click_on_one_chooses_it(corner: Corner, qtbot: QtBot, said: Make) -> None:
    corner.notices.take(said("one", "worker1@box"))
    corner.notices.take(said("two", "worker2@box"))
    corner.panel.toggle()
    place = corner.list.visualRect(corner.notices.index(1)).center()
    with qtbot.waitSignal(corner.panel.chosen) as told:
        qtbot.mouseClick(corner.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args is not None
    assert told.args[0].who == "worker1@box"
    assert not corner.panel.isVisible()


def test_so_do_arrows_and_enter(corner: Corner, qtbot: QtBot, said: Make) -> None:
    for text in ("one", "two"):
        corner.notices.take(said(text))
    corner.panel.toggle()
    qtbot.keyClick(corner.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(corner.panel.chosen) as told:
        qtbot.keyClick(corner.list, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].text == "one"


def test_cleared_it_says_that_there_is_nothing(corner: Corner, qtbot: QtBot, said: Make) -> None:
    corner.notices.take(said("one"))
    corner.panel.toggle()
    clear = next(b for b in corner.panel.findChildren(QPushButton) if b.text() == "Clear")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert "Nothing to tell yet." in corner.words()
    assert not clear.isEnabled()


def test_it_closes_when_something_else_is_used(corner: Corner, said: Make) -> None:
    corner.notices.take(said("one"))
    corner.panel.toggle()
    corner.field.setFocus()
    assert not corner.panel.isVisible()


def test_it_stays_in_its_corner(corner: Corner) -> None:
    corner.panel.toggle()
    corner.window.resize(900, 500)
    assert corner.panel.geometry().right() < 900
    assert corner.panel.geometry().bottom() < 500
