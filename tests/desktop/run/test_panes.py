"""The panes of all workers."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.logpane.notes import Note
from desktop.run.panes import Panes
from desktop.theme.theme import Theme
from tests.support.logs import ID, printed
from tests.support.run_logs import Fleet, fleet_of


@pytest.fixture
def fleet() -> Fleet:
    return fleet_of(3)


@pytest.fixture
def panes(theme: Theme, fleet: Fleet, qtbot: QtBot) -> Panes:
    panes = Panes(theme, fleet.stores.__getitem__)
    qtbot.addWidget(panes)
    panes.resize(900, 700)
    panes.show_workers(fleet.rows(), frozenset(fleet.names))
    panes.show()
    return panes


def test_a_pane_tells_which_worker_its_buttons_mean(panes: Panes, qtbot: QtBot) -> None:
    buttons = {each.accessibleName(): each for each in panes.findChildren(QToolButton)}
    for name, signal in (
        ("Restart worker2", panes.restart_asked),
        ("Stop worker2", panes.stop_asked),
    ):
        with qtbot.waitSignal(signal) as told:
            qtbot.mouseClick(buttons[name], Qt.MouseButton.LeftButton)
        assert told.args == ["worker2@box"]
    qtbot.mouseClick(buttons["Maximise worker2"], Qt.MouseButton.LeftButton)
    assert panes.grid.visible_names() == ("worker2@box",)


def test_what_comes_is_shown_where_it_belongs(panes: Panes, fleet: Fleet, qtbot: QtBot) -> None:
    fleet.stores["worker2@box"].append(printed(f"Task a[{ID}] received").encode())
    panes.grew(frozenset({"worker2@box", "nobody@box"}))
    qtbot.waitUntil(lambda: len(panes.pane("worker2@box").view.strips) == 1)
    assert not panes.pane("worker1@box").view.strips
    panes.add_notes("worker1@box", [Note(0, datetime(2026, 11, 25), "started")])
    panes.add_notes("nobody@box", [Note(0, datetime(2026, 11, 25), "started")])
    assert panes.pane("worker1@box").view.strips[0].row.text == "started"


def test_a_worker_that_left_and_is_back_has_its_pane_again(panes: Panes, fleet: Fleet) -> None:
    pane = panes.pane("worker2@box")
    fleet.names.remove("worker2@box")
    panes.show_workers(fleet.rows(), frozenset())
    assert [each.accessibleName() for each in panes] == ["worker1", "worker3"]
    assert not pane.isVisible()
    fleet.join("worker2@box")
    panes.show_workers(fleet.rows(), frozenset())
    assert panes.pane("worker2@box") is pane
    assert pane.isVisible()


def test_the_keyboard_goes_to_a_pane_that_was_not_seen(panes: Panes, qtbot: QtBot) -> None:
    panes.grid.maximise("worker1@box")
    panes.focus("worker3@box")
    assert panes.grid.visible_names() == ("worker3@box",)
    qtbot.waitUntil(lambda: panes.pane("worker3@box").view.hasFocus())


def test_the_pane_with_the_keyboard_is_the_current_one(panes: Panes, qtbot: QtBot) -> None:
    first = panes.current()
    assert first is panes.pane("worker1@box")
    with qtbot.waitSignal(panes.focused) as told:
        qtbot.mouseClick(panes.pane("worker3@box").view.viewport(), Qt.MouseButton.LeftButton)
    assert told.args == ["worker3@box"]
    assert panes.current() is panes.pane("worker3@box")
    panes.maximise_current()
    assert panes.grid.visible_names() == ("worker3@box",)
    panes.grid.maximise("worker2@box")
    assert panes.current() is panes.pane("worker2@box")


def test_a_log_that_cannot_be_saved_is_told_in_three_parts(panes: Panes, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panes.failed) as told:
        panes.pane("worker1@box").save_to(True, "/nowhere/at/all.log")
    assert told.args is not None
    assert told.args[0].what == "the log could not be saved to /nowhere/at/all.log"
