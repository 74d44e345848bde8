"""The right half of the Run page, by mouse and keyboard on real stores."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop.logpane.notes import Note
from desktop.run.grid import Layout
from desktop.run.logs import Logs
from desktop.run.worker_chips import WorkerChip
from desktop.theme.theme import Theme
from desktop.widgets.chip import Chip
from tests.support.logs import numbered, printed
from tests.support.run_logs import Fleet, fleet_of, logs_of


@pytest.fixture
def fleet() -> Fleet:
    return fleet_of(3)


@pytest.fixture
def logs(theme: Theme, fleet: Fleet, qtbot: QtBot) -> Logs:
    logs = logs_of(theme, fleet)
    qtbot.addWidget(logs)
    logs.resize(900, 700)
    logs.show()
    qtbot.waitExposed(logs)
    return logs


def press(logs: Logs, name: str, qtbot: QtBot) -> None:
    (button,) = [each for each in logs.findChildren(QToolButton) if each.accessibleName() == name]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_layout_is_chosen_in_the_bar(logs: Logs, qtbot: QtBot) -> None:
    press(logs, "Two panes", qtbot)
    assert logs.panes.grid.layout_kind is Layout.TWO
    assert len(logs.panes.grid.visible_names()) == 2


def test_all_panes_follow_again(logs: Logs, fleet: Fleet, qtbot: QtBot) -> None:
    for store in fleet.stores.values():
        store.append(numbered(0, 200).encode())
    logs.grew(frozenset(fleet.names))
    qtbot.waitUntil(lambda: all(pane.view.strips for pane in logs.panes))
    for pane in logs.panes:
        pane.view.scroll_rows(-20)
    assert not any(pane.view.following for pane in logs.panes)
    logs.follow_all()
    assert all(pane.view.following for pane in logs.panes)


def chip(logs: Logs, word: str) -> Chip:
    chips = logs.toolbar.findChildren(Chip)
    return next(each for each in chips if each.accessibleName().startswith(word))


def texts(logs: Logs, number: int) -> list[str]:
    return [strip.row.text for strip in logs.panes.pane(f"worker{number}@box").view.strips]


def fill(logs: Logs, fleet: Fleet, qtbot: QtBot) -> None:
    for number, store in enumerate(fleet.stores.values(), 1):
        store.append(printed(f"alpha of {number}").encode())
        store.append(printed(f"beta of {number}", "WARNING").encode())
    logs.grew(frozenset(fleet.names))
    qtbot.waitUntil(lambda: all(len(pane.view.strips) == 2 for pane in logs.panes))


def test_chips_count_over_all_panes_and_hide_in_all(logs: Logs, fleet: Fleet, qtbot: QtBot) -> None:
    fill(logs, fleet, qtbot)
    qtbot.waitUntil(lambda: chip(logs, "Warning").accessibleName() == "Warning, 3")
    qtbot.mouseClick(chip(logs, "Warning"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: texts(logs, 2) == ["alpha of 2"])
    fleet.join("worker4@box")
    fleet.stores["worker4@box"].append(printed("gamma", "WARNING").encode())
    fleet.show_in(logs)
    logs.grew(frozenset({"worker4@box"}))
    qtbot.waitUntil(lambda: chip(logs, "Warning").accessibleName() == "Warning, 4")
    assert texts(logs, 4) == []


def test_a_filter_for_all_panes_holds_beside_that_of_one(
    logs: Logs, fleet: Fleet, qtbot: QtBot
) -> None:
    fill(logs, fleet, qtbot)
    press(logs, "Filter all panes", qtbot)
    qtbot.keyClicks(logs.filter.bar.text, "alpha")
    qtbot.waitUntil(lambda: [texts(logs, n) for n in (1, 2)] == [["alpha of 1"], ["alpha of 2"]])
    qtbot.waitUntil(lambda: "3 shown" in words(logs))
    pane = logs.panes.pane("worker1@box")
    pane.open_filter()
    qtbot.keyClicks(pane.filter_bar.text, "beta")
    qtbot.waitUntil(lambda: texts(logs, 1) == [])
    qtbot.keyClick(logs.filter.bar.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: texts(logs, 1) == ["beta of 1"])
    assert len(texts(logs, 2)) == 2
    assert logs.filter.bar.isHidden()


def words(logs: Logs) -> list[str]:
    return [each.text() for each in logs.filter.bar.findChildren(QLabel)]


def test_what_was_chosen_is_told_and_chosen_again(
    logs: Logs, theme: Theme, fleet: Fleet, qtbot: QtBot
) -> None:
    press(logs, "Two panes", qtbot)
    qtbot.mouseClick(chip(logs, "Debug"), Qt.MouseButton.LeftButton)
    logs.filter.open()
    qtbot.keyClicks(logs.filter.bar.text, "alpha")
    state = logs.state()
    assert (state.layout, state.text, "DEBUG" in state.levels) == (Layout.TWO, "alpha", False)
    other = logs_of(theme, fleet)
    qtbot.addWidget(other)
    other.restore(state)
    assert other.state() == state
    assert not other.filter.bar.isHidden()
    other.restore(replace(state, layout="circle", levels=("LOUD",)))
    assert other.state().layout == Layout.TWO


def test_a_maximised_pane_is_maximised_again_unless_its_worker_is_gone(
    logs: Logs, theme: Theme, fleet: Fleet, qtbot: QtBot
) -> None:
    logs.panes.grid.maximise("worker2@box")
    state = logs.state()
    other = logs_of(theme, fleet)
    qtbot.addWidget(other)
    other.restore(state)
    assert other.panes.grid.visible_names() == ("worker2@box",)
    assert other.state() == state
    other.restore(replace(state, maximised="worker9@box"))
    assert len(other.panes.grid.visible_names()) == 3


def merged_texts(logs: Logs) -> list[str]:
    return [strip.row.text for strip in logs.merged.view.strips]


def test_the_log_of_all_has_everybody_and_hides_whom_one_wants(
    logs: Logs, fleet: Fleet, qtbot: QtBot
) -> None:
    fill(logs, fleet, qtbot)
    with qtbot.waitSignal(logs.wide_changed):
        press(logs, "All workers in one log", qtbot)
    assert logs.wants_width
    qtbot.waitUntil(lambda: len(merged_texts(logs)) == 6)
    qtbot.mouseClick(worker_chip(logs, 2), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(merged_texts(logs)) == 4)
    fleet.join("worker4@box")
    fleet.show_in(logs)
    fleet.stores["worker4@box"].append(printed("new", at="21:42:59,000").encode())
    fleet.names.remove("worker1@box")
    fleet.show_in(logs)
    logs.grew(frozenset({"worker4@box"}))
    qtbot.waitUntil(lambda: merged_texts(logs)[-1:] == ["new"])
    assert len(merged_texts(logs)) == 5
    assert not worker_chip(logs, 2).isChecked()
    assert logs.state().hidden == ("worker2@box",)
    press(logs, "All panes in a grid", qtbot)
    press(logs, "All workers in one log", qtbot)
    assert len(merged_texts(logs)) == 5


def worker_chip(logs: Logs, number: int) -> WorkerChip:
    chips = logs.toolbar.findChildren(WorkerChip)
    return next(each for each in chips if each.text() == f"worker{number}")


def test_layouts_follow_each_other_round_the_end(logs: Logs) -> None:
    seen: list[str] = []
    for _ in Layout:
        logs.next_layout()
        seen.append(logs.state().layout)
    assert seen == ["columns", "merged", "one", "two", "grid"]
    logs.arrange(Layout.TWO)
    logs.toggle_merged()
    assert logs.frame() is logs.merged
    logs.toggle_merged()
    assert logs.state().layout == Layout.TWO


def test_esc_leads_back_from_a_maximised_pane(logs: Logs, qtbot: QtBot) -> None:
    logs.panes.focus("worker2@box")
    logs.maximise()
    assert logs.panes.grid.visible_names() == ("worker2@box",)
    names = [each.accessibleName() for each in logs.findChildren(QToolButton)]
    assert "Restore worker2" in names
    qtbot.keyClick(logs.frame().view, Qt.Key.Key_Escape)
    assert len(logs.panes.grid.visible_names()) == 3


def test_a_paused_log_of_all_says_so(logs: Logs, fleet: Fleet, qtbot: QtBot) -> None:
    for store in fleet.stores.values():
        store.append(numbered(0, 200).encode())
    logs.grew(frozenset(fleet.names))
    logs.arrange(Layout.MERGED)
    qtbot.waitUntil(lambda: len(merged_texts(logs)) > 10)
    assert follow_words(logs) == "Following"
    qtbot.keyClick(logs.merged.view, Qt.Key.Key_PageUp)
    assert follow_words(logs) == "Follow is paused"
    logs.follow_all()
    assert follow_words(logs) == "Following"
    logs.arrange(Layout.GRID)
    assert follow_words(logs) == "Follow all"


def follow_words(logs: Logs) -> str:
    return logs.toolbar._follow.accessibleName()


def test_what_a_session_says_stands_in_the_pane_and_in_the_log_of_all(
    logs: Logs, fleet: Fleet, qtbot: QtBot
) -> None:
    logs.add_notes("worker2@box", [Note(0, datetime(2026, 11, 25), "started")])
    assert texts(logs, 2) == ["started"]
    logs.arrange(Layout.MERGED)
    qtbot.waitUntil(lambda: merged_texts(logs) == ["worker2: started"])
