"""The worker table, by mouse and keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.workers.messages import Rung
from core.workers.phase import RunningTask, Stage, Worker
from desktop.run.foreign_rows import ForeignRow
from desktop.run.worker_rows import Column
from desktop.run.worker_table import WorkerTable
from desktop.theme.theme import Theme
from desktop.theme.tokens import over
from desktop.widgets.buttons import TextButton
from tests.desktop.run.test_worker_rows import Fleet


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet(3)
    fleet.workers[2] = Worker("worker3@box", Stage.CRASHED, "access violation")
    fleet.model.refresh()
    return fleet


@pytest.fixture
def table(both_themes: Theme, fleet: Fleet, qtbot: QtBot) -> WorkerTable:
    table = WorkerTable(both_themes, fleet.model)
    qtbot.addWidget(table)
    table.resize(430, 300)
    table.show()
    return table


def test_a_click_chooses_a_worker(table: WorkerTable, qtbot: QtBot) -> None:
    place = table.visualRect(table.model().index(1, Column.DONE)).center()
    with qtbot.waitSignal(table.chosen) as told:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["worker2@box"]
    assert table.current() == "worker2@box"


def test_the_keyboard_moves_and_types_ahead(table: WorkerTable, qtbot: QtBot) -> None:
    table.choose("worker1@box")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current() == "worker2@box"
    qtbot.keyClicks(table, "worker3")
    assert table.current() == "worker3@box"


def test_a_double_click_asks_for_its_log(table: WorkerTable, qtbot: QtBot) -> None:
    place = table.visualRect(table.model().index(0, Column.WORKER)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.maximise) as told:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["worker1@box"]


def test_a_worker_that_stops_can_be_forced_where_it_says_when_it_will_be(
    table: WorkerTable, fleet: Fleet, qtbot: QtBot
) -> None:
    task = RunningTask("id", "reports.render", 88.0)
    stopping = replace(fleet.workers[1], stage=Stage.STOPPING, task=task, wake_at=118.0)
    fleet.workers[1] = replace(stopping, rung=Rung.WARM)
    fleet.model.refresh()
    assert fleet.model.ours[1].detail == "finishing reports.render, 12 s; force in 18 s"
    (button,) = table.findChildren(TextButton)
    row = table.visualRect(table.model().index(1, Column.FAILED))
    assert row.top() < button.geometry().top() < button.geometry().bottom() < row.bottom()
    with qtbot.waitSignal(table.force) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == ["worker2@box"]
    fleet.workers[1] = replace(stopping, stage=Stage.EXITED, task=None, wake_at=None)
    fleet.model.refresh()
    assert not button.isVisible()


def test_workers_of_others_can_be_read_and_never_be_the_current_one(
    table: WorkerTable, fleet: Fleet, qtbot: QtBot
) -> None:
    fleet.others.append(ForeignRow("celery@PC-7", "on PC-7: idle", 12, 0))
    fleet.model.refresh()
    table.choose("worker3@box")
    table.setFocus()
    with qtbot.assertNotEmitted(table.chosen):
        qtbot.keyClick(table, Qt.Key.Key_Down)
        place = table.visualRect(table.model().index(4, Column.WORKER)).center()
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.current() is None
    assert table.rowHeight(3) < table.rowHeight(4)


def test_the_choice_outlives_those_who_come_and_go(table: WorkerTable, fleet: Fleet) -> None:
    table.choose("worker2@box")
    fleet.beside.append(Worker("web", Stage.UP, "port 8000 listens"))
    fleet.others.append(ForeignRow("celery@PC-7", "on PC-7: idle", 12, 0))
    fleet.model.refresh()
    assert table.current() == "worker2@box"


def test_the_choice_outlives_news_of_workers(table: WorkerTable, fleet: Fleet) -> None:
    table.choose("worker2@box")
    fleet.done = 5
    fleet.model.refresh()
    assert table.current() == "worker2@box"


def test_a_crash_is_told_in_its_colour(table: WorkerTable, both_themes: Theme) -> None:
    tokens = both_themes.tokens
    image = table.viewport().grab().toImage()
    rect = table.visualRect(table.model().index(2, Column.STATE))
    seen = {
        image.pixelColor(x, rect.top() + 22).name() for x in range(rect.left(), rect.left() + 40)
    }
    assert tokens.err in seen
    assert over(tokens.err, tokens.panel, 0.14) in seen
