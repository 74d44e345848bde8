"""What is told of a played session."""

from typing import Any, cast

import pytest

from core.changes import RowChanged, Said, WorkerChanged
from core.cli.account import Account
from core.cli.summary import RowLine
from core.workers.phase import RunningTask, Stage, Worker
from core.workers.usage import Usage
from tests.support.fake_session import NODE, UP, FakeSession


@pytest.fixture
async def session() -> FakeSession:
    return FakeSession()


@pytest.fixture
def account(session: FakeSession) -> Account:
    return Account(cast("Any", session))


def test_the_last_process_is_remembered_when_it_is_gone(
    account: Account, session: FakeSession
) -> None:
    for worker in (UP, Worker(NODE, Stage.EXITED, exit=0)):
        session.become(worker)
        account.note(WorkerChanged(worker))
    account.note(Said(None, "by the way"))
    (line,) = account.summary().workers
    assert (line.pid, line.exit) == (7, 0)


def test_a_worker_that_never_had_a_process_has_no_pid(account: Account) -> None:
    assert account.summary().workers[0].pid is None


def test_what_a_worker_used_is_told(account: Account, session: FakeSession) -> None:
    assert account.summary().workers[0].cpu_s is None
    session.used = Usage(NODE, 0.0, 2**20, 40 * 2**20, 1.23456, 1)
    (line,) = account.summary().workers
    assert (line.cpu_s, line.peak_mb) == (1.235, 40.0)


def test_busy_workers_run_a_task(account: Account, session: FakeSession) -> None:
    assert account.busy() == 0
    session.become(Worker(NODE, Stage.UP, task=RunningTask("t1", "add", 0.0)))
    assert account.busy() == 1


def test_log_lines_are_added_up(account: Account, session: FakeSession) -> None:
    session.log(NODE).append(b"one\ntwo\n")
    summary = account.summary()
    assert (summary.log_lines, summary.log_lines_dropped) == (2, 0)


def test_a_fleet_is_up_when_none_of_it_is_on_its_way_any_more(
    account: Account, session: FakeSession
) -> None:
    for worker, decided, up in (
        (Worker(NODE, Stage.STARTING), False, False),
        (Worker(NODE, Stage.BACKOFF), False, False),
        (UP, True, True),
        (Worker(NODE, Stage.FATAL), True, False),
    ):
        session.become(worker)
        assert (account.is_decided(), account.is_up()) == (decided, up)


def test_the_time_to_be_ready_is_that_of_the_first_time(
    account: Account, session: FakeSession
) -> None:
    def tell(worker: Worker) -> float | None:
        session.become(worker)
        account.note(WorkerChanged(worker))
        return account.ready_s

    assert tell(Worker(NODE, Stage.STARTING)) is None
    first = tell(UP)
    assert first is not None
    assert tell(Worker(NODE, Stage.STARTING)) == tell(UP) == first


def test_rows_are_part_of_the_summary_and_of_no_count(
    account: Account, session: FakeSession
) -> None:
    account.note(RowChanged(Worker("web", Stage.UP, pid=8, run=1)))
    session.rows = (Worker("web", Stage.EXITED, run=2, restarts=1, exit=0),)
    summary = account.summary()
    assert summary.rows == (RowLine("web", 8, "exited", 1, 0),)
    assert [worker.name for worker in summary.workers] == [NODE]
