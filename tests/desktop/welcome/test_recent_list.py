"""The recent projects, by mouse and keyboard."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.welcome.recent_list import RECENT_ROLE, RecentList, RecentModel, day
from desktop.welcome.recents import Recent

NOW = datetime(2026, 11, 25, 9, 30)


@pytest.fixture
def recents(tmp_path: Path) -> tuple[Recent, ...]:
    return (
        Recent(str(tmp_path), "proj.app", 4, NOW.timestamp()),
        Recent(str(tmp_path / "gone"), "old.app", 2, 0.0),
    )


@pytest.fixture
def shown(both_themes: Theme, recents: tuple[Recent, ...], qtbot: QtBot) -> RecentList:
    shown = RecentList(both_themes)
    qtbot.addWidget(shown)
    shown.show_recents(recents)
    shown.show_gone(frozenset([recents[1].path]))
    shown.resize(900, 200)
    shown.show()
    return shown


def test_enter_opens_the_current_one(
    shown: RecentList, recents: tuple[Recent, ...], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shown.chosen) as told:
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert told.args == [recents[0]]


def test_del_forgets_the_current_one(
    shown: RecentList, recents: tuple[Recent, ...], qtbot: QtBot
) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    with qtbot.waitSignal(shown.forgotten) as told:
        qtbot.keyClick(shown, Qt.Key.Key_Delete)
    assert told.args == [recents[1]]


def test_a_click_opens_one(shown: RecentList, recents: tuple[Recent, ...], qtbot: QtBot) -> None:
    place = shown.visualRect(shown.model().index(1, 0)).center()
    with qtbot.waitSignal(shown.chosen) as told:
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [recents[1]]


def test_the_model_tells_all_of_it_in_words(recents: tuple[Recent, ...], qtbot: QtBot) -> None:
    model = RecentModel()
    _tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_recents(recents)

    def words() -> list[str]:
        role = Qt.ItemDataRole.AccessibleTextRole
        return [model.data(model.index(row, 0), role) for row in range(2)]

    assert words()[0].endswith("4 workers")
    model.show_gone(frozenset([recents[1].path]))
    assert words()[0].endswith("4 workers, Ready to start")
    assert words()[1].endswith("gone, 2 workers, Folder not found")
    assert model.data(model.index(1, 0), RECENT_ROLE) == recents[1]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 25, 9, 14), "Today, 09:14"),
        (datetime(2026, 11, 24, 23, 59), "Yesterday"),
        (datetime(2026, 9, 3), "3 Sep"),
        (datetime(2024, 9, 3), "3 Sep 2024"),
    ],
)
def test_a_day_is_told_as_people_do(at: datetime, words: str) -> None:
    assert day(at.timestamp(), NOW) == words
