"""From a hit to its line."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.logpane.filter import Filter
from desktop.logpane.find import Query
from desktop.logpane.frame import LogFrame
from desktop.logpane.selection import selected_line
from desktop.run.grid import Layout
from desktop.run.hit_guide import HIDDEN
from desktop.run.logs import Logs
from desktop.theme.theme import Theme
from tests.support.logs import numbered, printed
from tests.support.run_logs import Fleet, fleet_of, logs_of


@pytest.fixture
def fleet() -> Fleet:
    fleet = fleet_of(3)
    for number, store in enumerate(fleet.stores.values(), 1):
        store.append(numbered(0, 300).encode())
        store.append(printed(f"needle {number}", at="21:00:00,300").encode())
        store.append(numbered(301, 600).encode())
    return fleet


@pytest.fixture
def logs(theme: Theme, fleet: Fleet, qtbot: QtBot) -> Logs:
    logs = logs_of(theme, fleet)
    qtbot.addWidget(logs)
    logs.resize(900, 800)
    logs.show()
    logs.grew(frozenset(fleet.names))
    qtbot.waitActive(logs).__enter__()
    qtbot.waitUntil(lambda: all(pane.view.strips for pane in logs.panes))
    logs.open_find()
    qtbot.keyClicks(logs.find_all.field, "needle")
    qtbot.waitUntil(lambda: logs.find_all.rows.rowCount() == 3)
    return logs


def enter(logs: Logs, row: int, qtbot: QtBot) -> None:
    logs.find_all.list.setCurrentIndex(logs.find_all.rows.index(row, 0))
    qtbot.keyClick(logs.find_all.field, Qt.Key.Key_Return)


def chosen(frame: LogFrame) -> str:
    return selected_line(frame.document, frame.view.selection)


def test_a_hit_is_shown_in_its_pane_and_marked_there(logs: Logs, qtbot: QtBot) -> None:
    logs.arrange(Layout.ONE)
    enter(logs, 1, qtbot)
    pane = logs.panes.pane("worker2@box")
    assert logs.panes.grid.visible_names() == ("worker2@box",)
    assert chosen(pane) == "needle 2"
    assert any(strip.row.text == "needle 2" for strip in pane.view.strips)
    assert pane.view.finder.query.text == "needle"
    enter(logs, 2, qtbot)
    assert not pane.view.finder.query.text
    qtbot.keyClick(logs.find_all.field, Qt.Key.Key_Escape)
    assert logs.find_all.isHidden()
    assert not any(each.view.finder.query.text for each in logs.panes)


def test_in_the_log_of_all_it_is_shown_there(logs: Logs, qtbot: QtBot) -> None:
    logs.arrange(Layout.MERGED)
    enter(logs, 1, qtbot)
    assert chosen(logs.merged) == "needle 2"


def test_a_line_that_a_filter_hides_is_told_of(logs: Logs, qtbot: QtBot) -> None:
    pane = logs.panes.pane("worker1@box")
    pane.view.show_only(Filter("line"))
    qtbot.waitUntil(lambda: not pane.document.searching)
    enter(logs, 0, qtbot)
    assert chosen(pane) == "line 301"
    assert HIDDEN in logs.find_all._said.text()


def test_what_a_person_looks_for_in_a_pane_stays(logs: Logs, qtbot: QtBot) -> None:
    pane = logs.panes.pane("worker1@box")
    pane.find_bar.open("line 7")
    enter(logs, 0, qtbot)
    assert pane.view.finder.query == Query("line 7")
    assert chosen(pane) == "needle 1"
