"""Chips that hide single workers."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.run.worker_chips import WorkerChip, WorkerChips
from desktop.theme.theme import Theme
from tests.support.run_logs import Fleet, fleet_of


@pytest.fixture
def fleet() -> Fleet:
    return fleet_of(3)


@pytest.fixture
def chips(both_themes: Theme, fleet: Fleet, qtbot: QtBot) -> WorkerChips:
    chips = WorkerChips(both_themes)
    qtbot.addWidget(chips)
    chips.show_workers(fleet.rows())
    chips.show()
    return chips


def each(chips: WorkerChips) -> list[WorkerChip]:
    found = chips.findChildren(WorkerChip)
    return sorted((chip for chip in found if chip.isVisible()), key=lambda chip: chip.x())


def test_a_click_hides_a_worker_and_another_shows_it(chips: WorkerChips, qtbot: QtBot) -> None:
    chip = each(chips)[1]
    before = chip.grab().toImage()
    with qtbot.waitSignal(chips.changed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chips.hidden == {"worker2@box"}
    assert chip.grab().toImage() != before
    assert chip.toolTip() == "Show worker2: Ready"
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert not chips.hidden


def test_who_left_and_is_back_is_hidden_still(
    chips: WorkerChips, fleet: Fleet, qtbot: QtBot
) -> None:
    qtbot.mouseClick(each(chips)[0], Qt.MouseButton.LeftButton)
    fleet.names.remove("worker1@box")
    chips.show_workers(fleet.rows())
    qtbot.waitUntil(lambda: [chip.text() for chip in each(chips)] == ["worker2", "worker3"])
    fleet.names.insert(0, "worker1@box")
    chips.show_workers(fleet.rows())
    qtbot.waitUntil(lambda: len(each(chips)) == 3)
    assert [chip.isChecked() for chip in each(chips)] == [False, True, True]


def test_workers_are_hidden_without_being_told_again(chips: WorkerChips, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(chips.changed):
        chips.hide_workers(frozenset({"worker3@box"}))
    assert [chip.isChecked() for chip in each(chips)] == [True, True, False]


def test_short_they_leave_their_names_to_the_tooltip(chips: WorkerChips) -> None:
    wide = chips.sizeHint().width()
    chips.show_short(True)
    assert chips.sizeHint().width() < wide * 0.65
    assert each(chips)[0].accessibleName() == "worker1, Ready"
