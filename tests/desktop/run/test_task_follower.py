"""Following a task, by mouse and keyboard on real stores."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.tasks.ledger import Ledger
from desktop.logpane.frame import LogFrame
from desktop.run.grid import Layout
from desktop.run.logs import Logs
from desktop.run.task_drawer import AMONG, ONLY
from desktop.run.task_follower import Books
from desktop.theme.theme import Theme
from tests.support.logs import ID, OTHER_ID, printed
from tests.support.run_logs import Fleet, fleet_of, logs_of


@pytest.fixture
def fleet() -> Fleet:
    """A task that worker1 tried and worker3 ended, and one that worker2 has."""
    fleet = fleet_of(3)
    for name, second, text in (
        ("worker1@box", 1, f"Task a.b[{ID}] received"),
        ("worker1@box", 2, "page 1"),
        ("worker1@box", 3, f"Task a.b[{ID}] retry: Retry in 1s"),
        ("worker1@box", 4, "of nobody"),
        ("worker2@box", 4, f"Task c.d[{OTHER_ID}] received"),
        ("worker3@box", 5, f"Task a.b[{ID}] received"),
        ("worker3@box", 6, f"Task a.b[{ID}] succeeded in 1.0s: None"),
    ):
        line = printed(text, at=f"21:42:{second:02},000")
        fleet.stores[name].append(line.encode())
    return fleet


@pytest.fixture
def ledger() -> Ledger:
    ledger = Ledger()
    ledger.sent([ID], "a.b", 1.0)
    return ledger


@pytest.fixture
def logs(theme: Theme, fleet: Fleet, ledger: Ledger, qtbot: QtBot) -> Logs:
    logs = Logs(theme, fleet.stores.__getitem__, books=Books(ledger.task, lambda: 3.0))
    fleet.show_in(logs)
    qtbot.addWidget(logs)
    logs.resize(1100, 700)
    logs.show()
    logs.grew(frozenset(fleet.names))
    qtbot.waitActive(logs).__enter__()
    qtbot.waitUntil(lambda: all(pane.view.strips for pane in logs.panes))
    return logs


def texts(frame: LogFrame) -> list[str]:
    return [strip.row.text.split()[-1] for strip in frame.view.strips]


def click_id(frame: LogFrame, qtbot: QtBot) -> None:
    """Click the first id that is seen."""
    view = frame.view
    row = next(n for n, strip in enumerate(view.strips) if strip.row.links)
    strip = view.strips[row]
    start, _ = strip.row.span(strip.row.links[0])
    x = view.columns.x(strip.row.text, start) + view.metrics.advance
    where = QPointF(x, view.top + (row + 0.5) * view.metrics.row).toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)


LINES = ["received", "1", "1s", "received", "None"]


def test_a_click_on_an_id_shows_its_lines_and_its_life_and_esc_leads_back(
    logs: Logs, qtbot: QtBot
) -> None:
    click_id(logs.panes.pane("worker1@box"), qtbot)
    log = logs.frame()
    assert log is logs.follower.log
    qtbot.waitUntil(lambda: texts(log) == LINES)
    assert logs.follower.drawer.isVisible()
    assert logs.wants_width
    assert log.view.hasFocus()
    qtbot.keyClick(log.view, Qt.Key.Key_Escape)
    assert logs.follower.task is None
    assert logs.follower.drawer.isHidden()
    assert not logs.wants_width
    assert len(logs.panes.grid.visible_names()) == 3
    assert all(pane.isVisible() for pane in logs.panes)


def press(logs: Logs, text: str, qtbot: QtBot) -> None:
    (button,) = [
        each for each in logs.follower.drawer.findChildren(QPushButton) if each.text() == text
    ]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_its_lines_are_marked_among_all_others_on_request(logs: Logs, qtbot: QtBot) -> None:
    logs.follow_task(ID)
    press(logs, AMONG, qtbot)
    assert logs.frame() is logs.merged
    qtbot.waitUntil(lambda: len(logs.merged.view.finder.hits) == 4)
    assert logs.merged.find_bar.field.text() == ID
    press(logs, ONLY, qtbot)
    assert logs.frame() is logs.follower.log
    assert logs.merged.find_bar.isHidden()
    press(logs, AMONG, qtbot)
    logs.arrange(Layout.TWO)
    assert logs.follower.task is None
    assert logs.merged.find_bar.isHidden()


def test_what_comes_is_shown_and_a_worker_that_joins_is_heard(
    logs: Logs, fleet: Fleet, qtbot: QtBot
) -> None:
    logs.follow_task(ID)
    fleet.join("worker4@box")
    line = printed(f"about {ID} again", at="21:42:09,000")
    fleet.stores["worker4@box"].append(line.encode())
    fleet.show_in(logs)
    logs.grew(frozenset({"worker4@box"}))
    qtbot.waitUntil(lambda: texts(logs.frame()) == [*LINES, "again"])


def test_the_life_is_told_anew_when_the_task_moves(logs: Logs, ledger: Ledger) -> None:
    logs.follow_task(ID)
    life = logs.follower.drawer._life
    assert life is not None
    assert life.look.label == "Waiting"
    ledger.mark_lost([ID], "the broker is gone", 2.0)
    logs.follower.moved({OTHER_ID: None})
    assert logs.follower.drawer._life is life
    logs.follower.moved({ID: None})
    life = logs.follower.drawer._life
    assert life is not None
    assert (life.look.label, life.error) == ("Lost", "the broker is gone")


def test_another_task_takes_the_place_of_the_one_before(logs: Logs, qtbot: QtBot) -> None:
    logs.follow_task(ID)
    logs.follow_task(OTHER_ID)
    qtbot.waitUntil(lambda: texts(logs.frame()) == ["received"])
    assert logs.follower.drawer._life is None
    logs.focus("worker2@box")
    assert logs.follower.task is None
    assert logs.panes.current() is logs.panes.pane("worker2@box")


def test_a_hit_of_a_search_leads_out_of_it(logs: Logs, qtbot: QtBot) -> None:
    logs.follow_task(ID)
    logs.open_find()
    qtbot.keyClicks(logs.find_all.field, "nobody")
    qtbot.waitUntil(lambda: logs.find_all.rows.rowCount() == 1)
    qtbot.keyClick(logs.find_all.field, Qt.Key.Key_Return)
    assert logs.follower.task is None
    assert logs.panes.pane("worker1@box").view.selection is not None


def test_nothing_else_is_left_by_esc(theme: Theme, fleet: Fleet, qtbot: QtBot) -> None:
    logs = logs_of(theme, fleet)
    qtbot.addWidget(logs)
    assert not logs.go_back()
