"""What a session tells becomes notices."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from core.changes import Diagnosed, Said, WorkerChanged
from core.errors import FleetError
from core.known.signature import KnownError
from core.logs.level import Level
from core.tasks.task import State, TaskChanged
from core.workers.phase import Stage, Worker
from desktop.desk import Desk
from desktop.notices.notice import Kind, Notice
from desktop.notices.reporter import Reporter

AT = datetime(2025, 11, 25, 21, 43, 1)


@dataclass
class Heard:
    """A desk where nothing is open, and what its reporter made of what it was told."""

    desk: Desk
    notices: list[Notice] = field(default_factory=list[Notice])

    def one(self) -> Notice:
        self.desk.hub.flush()
        (notice,) = self.notices
        return notice


@pytest.fixture
def heard(qtbot: QtBot) -> Heard:
    heard = Heard(Desk(None, {}))  # type: ignore[arg-type]  # nothing is opened
    Reporter(heard.desk, heard.notices.append, lambda: 30.0, lambda: AT, heard.desk)
    return heard


def task(state: State, runtime_s: float | None) -> TaskChanged:
    return TaskChanged("4e02", "images.thumbnail", "worker2@box", state, runtime_s, None, None)


def test_what_the_session_says_is_a_quiet_one(heard: Heard) -> None:
    heard.desk.hub.take(Said(None, "the machine slept for 60 s"))
    assert heard.one() == Notice(AT, Kind.SAID, Level.INFO, "the machine slept for 60 s")


@pytest.mark.parametrize("stage", [Stage.BACKOFF, Stage.CRASHED, Stage.FATAL])
def test_what_a_worker_that_is_down_says_is_a_crash(heard: Heard, stage: Stage) -> None:
    heard.desk.hub.take(WorkerChanged(Worker("worker4@box", stage, run=1)))
    heard.desk.hub.take(Said("worker4@box", "crashed: exit 1; try 1 in 1 s"))
    notice = heard.one()
    assert (notice.kind, notice.level, notice.title) == (Kind.CRASH, Level.ERROR, "worker4")


def test_a_known_error_leads_to_its_line(heard: Heard) -> None:
    known = KnownError("x", "the task is not known to it", "name its module", "https://x", True)
    heard.desk.hub.take(Diagnosed("worker1@box", known, 41, 10))
    notice = heard.one()
    assert (notice.line, notice.level) == (41, Level.ERROR)
    words = "the task is not known to it (10 times). What helps: name its module"
    assert notice.text == words


@pytest.mark.parametrize(
    ("state", "level"), [("succeeded", Level.INFO), ("failed", Level.ERROR), ("lost", Level.ERROR)]
)
def test_a_task_that_ran_long_is_told_when_it_ends(
    heard: Heard, state: State, level: Level
) -> None:
    heard.desk.hub.take(task(state, 41.3))
    notice = heard.one()
    assert (notice.kind, notice.level, notice.task) == (Kind.LONG_TASK, level, "4e02")
    assert notice.text == f"images.thumbnail {state} after 41 s"


@pytest.mark.parametrize(("state", "runtime_s"), [("succeeded", 29.9), ("started", None)])
def test_short_tasks_and_those_that_run_are_not_told(
    heard: Heard, state: State, runtime_s: float | None
) -> None:
    heard.desk.hub.take(task(state, runtime_s))
    heard.desk.hub.flush()
    assert heard.notices == []


def test_what_failed_here_is_told_with_what_to_do(heard: Heard) -> None:
    heard.desk.failed.emit(FleetError("no broker", "nobody listens", "start one"))
    assert heard.one().text == "no broker: nobody listens. start one"
    assert heard.one().level is Level.ERROR
