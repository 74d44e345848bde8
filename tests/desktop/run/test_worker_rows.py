"""The worker table's model."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.tasks.counts import WorkerCounts
from core.workers.phase import Phase, RunningTask, Stage, Worker
from core.workers.usage import Usage
from desktop.run.foreign_rows import ForeignRow, foreign_lines
from desktop.run.worker_rows import ROW_ROLE, Column, WorkerRows


class Fleet:
    """A fleet that says what a test wants."""

    def __init__(self, count: int = 2) -> None:
        self.workers = [
            Worker(f"worker{number}@box", Stage.UP, "waits for tasks", up_since=0.0)
            for number in range(1, count + 1)
        ]
        self.done = 0
        self.now = 100.0
        self.usage: Usage | None = None
        self.beside: list[Worker] = []
        self.others: list[ForeignRow] = []
        self.shared: frozenset[str] = frozenset()
        self.model = WorkerRows(
            lambda: self.workers,
            self.counts,
            lambda name: (self.usage, ()),
            lambda: self.now,
            beside=lambda: self.beside,
            others=lambda: foreign_lines(self.others, self.shared),
        )
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.changed: list[tuple[int, int]] = []
        self.model.dataChanged.connect(self._note)

    def _note(self, first: QModelIndex, last: QModelIndex) -> None:
        self.changed.append((first.row(), last.row()))

    def counts(self, name: str) -> WorkerCounts:
        return WorkerCounts(name, self.done, self.done, 1, 0, 0, 0, 0)

    def text(self, row: int, column: Column) -> str:
        return self.model.data(self.model.index(row, column))


def test_a_worker_is_told_by_name_state_and_counts(qtbot: QtBot) -> None:
    fleet = Fleet()
    fleet.done = 1412
    fleet.model.refresh()
    assert [fleet.text(0, column) for column in Column] == [
        *("worker1", "Ready", "1\u202f412", "1"),
        "",
    ]
    sentence = fleet.model.data(fleet.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert sentence == "worker1: Ready, waits for tasks; 1412 done, 1 failed"
    assert fleet.model.data(fleet.model.index(1, 2), ROW_ROLE).number == 2


def test_only_who_changed_is_told_of(qtbot: QtBot) -> None:
    fleet = Fleet(4)
    task = RunningTask("id", "reports.render", 88.0)
    fleet.workers[2] = replace(fleet.workers[2], task=task)
    fleet.model.refresh()
    assert fleet.changed == [(2, 2)]
    assert fleet.model.ours[2].detail == "runs reports.render, 12 s"
    fleet.model.refresh()
    assert fleet.changed == [(2, 2)]


def test_ages_go_on_without_news(qtbot: QtBot) -> None:
    fleet = Fleet()
    fleet.workers[0] = replace(fleet.workers[0], task=RunningTask("id", "a.b", 100.0))
    fleet.model.refresh()
    fleet.changed.clear()
    fleet.now = 103.0
    fleet.model.tick()
    assert (fleet.changed, fleet.model.ours[0].detail) == ([(0, 0)], "runs a.b, 3 s")


def test_workers_join_and_leave(qtbot: QtBot) -> None:
    fleet = Fleet()
    fleet.workers.append(Worker("worker3@box"))
    fleet.model.refresh()
    assert (fleet.model.rowCount(), fleet.model.row("worker3@box")) == (3, 2)
    del fleet.workers[0]
    fleet.model.refresh()
    assert (fleet.model.rowCount(), fleet.model.row("worker1@box")) == (2, None)


@pytest.mark.parametrize(
    ("stage", "phase"), [(Stage.CRASHED, Phase.CRASHED), (Stage.FATAL, Phase.FATAL)]
)
def test_what_went_wrong_is_marked(stage: Stage, phase: Phase, qtbot: QtBot) -> None:
    fleet = Fleet(1)
    fleet.workers[0] = replace(fleet.workers[0], stage=stage, why="access violation")
    fleet.model.refresh()
    row = fleet.model.ours[0]
    assert (row.worker.phase, row.alarming, row.detail) == (phase, True, "access violation")


def test_what_runs_beside_the_workers_stands_under_a_heading_and_has_no_tasks(qtbot: QtBot) -> None:
    fleet = Fleet(1)
    fleet.beside.append(Worker("web", Stage.UP, "port 8000 listens", up_since=0.0))
    fleet.model.refresh()
    assert [fleet.text(place, Column.WORKER) for place in range(3)] == [
        *("worker1", "Beside the workers", "web")
    ]
    assert (fleet.text(2, Column.STATE), fleet.text(2, Column.DONE)) == ("Ready", "")
    heading = fleet.model.index(1, 0)
    assert not fleet.model.flags(heading) & Qt.ItemFlag.ItemIsSelectable
    web = fleet.model.ours[1]
    assert (web.letter, web.sentence) == ("W", "web: Ready, port 8000 listens")
    assert fleet.model.row("web") == 2


def test_workers_of_others_come_last_and_are_none_of_ours(qtbot: QtBot) -> None:
    fleet = Fleet(1)
    fleet.others.append(ForeignRow("celery@PC-7", "on PC-7: idle", 1200, 3))
    fleet.model.refresh()
    assert fleet.text(1, Column.WORKER) == "Not ours: 1 worker"
    assert [fleet.text(2, column) for column in Column] == [
        *("celery", "Not ours", "1\u202f200", "3", "")
    ]
    assert [row.name for row in fleet.model.ours] == ["worker1"]
    assert fleet.model.row("celery@PC-7") is None
    tip = fleet.model.data(fleet.model.index(2, 0), Qt.ItemDataRole.ToolTipRole)
    assert tip == "celery@PC-7\non PC-7: idle"
    fleet.shared = frozenset({"celery"})
    fleet.model.tick()
    heading = fleet.model.data(fleet.model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert heading.endswith("it takes from celery too: your tasks may go there")


def test_what_a_process_uses_is_told_while_there_is_one(qtbot: QtBot) -> None:
    fleet = Fleet(1)
    fleet.usage = Usage("worker1@box", 38.4, 74_400_000, 80_000_000, 1.0, 1)
    fleet.model.refresh()
    assert fleet.text(0, Column.LOAD) == "38 %, 74 MB"
    fleet.workers[0] = replace(fleet.workers[0], stage=Stage.EXITED)
    fleet.model.refresh()
    assert fleet.text(0, Column.LOAD) == ""
