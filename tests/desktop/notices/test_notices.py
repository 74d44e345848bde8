"""The notices as a model."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.notices.notice import Notice
from desktop.notices.notices import MOST, UNREAD_ROLE, Notices

Make = Callable[..., Notice]


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    notices = Notices()
    QAbstractItemModelTester(
        notices, QAbstractItemModelTester.FailureReportingMode.Fatal, parent=notices
    )
    return notices


def texts(notices: Notices) -> list[str]:
    return [notices.index(row).data() for row in range(notices.rowCount())]


def test_the_latest_comes_first(notices: Notices, said: Make) -> None:
    notices.take(said("the machine slept for 60 s"))
    notices.take(said("killed from outside", "worker4@box"))
    assert texts(notices) == ["worker4: killed from outside", "the machine slept for 60 s"]


def test_the_oldest_are_forgotten(notices: Notices, said: Make) -> None:
    for number in range(MOST + 5):
        notices.take(said(str(number)))
    assert len(texts(notices)) == MOST
    assert texts(notices)[-1] == "5"
    assert notices.unread == MOST


def test_what_came_is_new_until_it_is_read(notices: Notices, said: Make, qtbot: QtBot) -> None:
    notices.take(said("one"))
    notices.read()
    notices.take(said("two"))
    new = [notices.index(row).data(UNREAD_ROLE) for row in range(2)]
    assert (new, notices.unread) == ([True, False], 1)
    with qtbot.waitSignal(notices.unread_changed) as told:
        notices.read()
    assert told.args == [0]


def test_cleared_there_is_nothing(notices: Notices, said: Make) -> None:
    notices.take(said("one"))
    notices.clear()
    assert (notices.rowCount(), notices.unread) == (0, 0)


def test_a_screen_reader_hears_when_how_grave_and_what(notices: Notices, said: Make) -> None:
    notices.take(said("one", "worker1@box"))
    heard = notices.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "new, 21:43:01, info, worker1: one"
