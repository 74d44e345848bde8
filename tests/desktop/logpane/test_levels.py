"""The chips of the levels."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.logs.level import Level
from core.logs.query import ALL_LEVELS
from desktop.logpane.levels import LevelChips, brief
from desktop.theme.theme import Theme
from desktop.widgets.chip import Chip
from tests.support.logs import failed, printed, store_of


@pytest.fixture
def chips(theme: Theme, qtbot: QtBot) -> LevelChips:
    chips = LevelChips(theme)
    qtbot.addWidget(chips)
    chips.show()
    return chips


def names(chips: LevelChips) -> list[str]:
    return [each.accessibleName() for each in chips.findChildren(Chip)]


def test_they_count_records(chips: LevelChips) -> None:
    store = store_of(printed("a"), "print\n", failed(), printed("b", "CRITICAL"))
    chips.show_counts(store.counts)
    assert names(chips) == ["Error, 2", "Warning, 0", "Info, 2", "Debug, 0"]


def test_a_click_takes_its_levels_away(chips: LevelChips, qtbot: QtBot) -> None:
    error = chips.findChildren(Chip)[0]
    with qtbot.waitSignal(chips.changed):
        qtbot.mouseClick(error, Qt.MouseButton.LeftButton)
    assert chips.levels == ALL_LEVELS - {Level.ERROR, Level.CRITICAL}


def test_levels_are_shown_without_being_told_again(chips: LevelChips, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(chips.changed):
        chips.show_levels(frozenset({Level.WARNING}))
    assert chips.levels == {Level.WARNING}


def test_short_they_say_the_same_in_less_room(chips: LevelChips) -> None:
    chips.show_counts(dict.fromkeys(Level, 0) | {Level.INFO: 3918})
    wide = chips.sizeHint().width()
    chips.show_short(True)
    assert chips.sizeHint().width() < wide - 90
    assert [each.text() for each in chips.findChildren(Chip)] == ["E", "W", "I", "D"]
    assert names(chips)[2] == "Info, 3\u202f918"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        *((0, "0"), (999, "999"), (1000, "1.0k"), (9_949, "9.9k"), (9_950, "10k")),
        *((412_000, "412k"), (999_499, "999k"), (999_500, "1.0M"), (23_400_000, "23M")),
    ],
)
def test_large_numbers_are_rounded(count: int, said: str) -> None:
    assert brief(count) == said
