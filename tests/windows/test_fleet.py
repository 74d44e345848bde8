"""A fleet on Windows: Celery's true Windows loop against a real server on Linux' loopback."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest
import redis

from core.changes import Change
from core.project.opening import open_project
from core.secret import Secret
from core.session import Session
from core.tasks.call import TaskCall
from core.wishes import Wishes
from core.workers.phase import Phase
from tests.support.waiting import wait_until

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"
URL = os.environ.get("SOLOFLEET_TEST_BROKER", "")
LIMIT_S = 90


@pytest.fixture(autouse=True)
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    redis.Redis.from_url(URL).flushall()


@asynccontextmanager
async def fleet(workers: int) -> AsyncIterator[Session]:
    """A session whose workers are all ready."""
    project = open_project(TASKY, python=sys.executable)
    wishes = Wishes(workers=workers, broker=Secret(URL))
    changes: list[Change] = []
    async with (
        asyncio.timeout(LIMIT_S),
        Session(project, wishes, changes.append, dict(os.environ)) as session,
    ):
        await session.look_around()
        session.start()
        ready = (Phase.READY, Phase.BUSY)
        await session.until(
            lambda: all(worker.phase in ready for worker in session.supervisor.workers)
        )
        yield session


async def test_fifty_tasks_on_two_workers_are_counted_exactly() -> None:
    async with fleet(2) as session:
        await session.send(TaskCall(task="tasky.add", args=(1, 2), count=50))
        await session.until(lambda: not session.ledger.counts.totals().open)
        totals = session.ledger.counts.totals()
        assert (totals.sent, totals.succeeded, totals.lost) == (50, 50, 0)
        each = [session.ledger.counts.worker(w.name) for w in session.supervisor.workers]
        assert sum(count.succeeded for count in each) == 50
        session.stop()
        await session.until(session.all_settled)
        assert [worker.exit for worker in session.supervisor.workers] == [0, 0]


async def test_a_busy_worker_answers_and_a_stop_finishes_its_task() -> None:
    async with fleet(1) as session:
        [worker] = session.supervisor.workers
        [task_id] = await session.send(TaskCall(task="tasky.nap", args=(3,)))
        await session.until(lambda: session.supervisor.workers[0].task is not None)
        replies = await session.calls.inspect("ping", [worker.name], timeout_s=2.0)
        assert replies == {worker.name: {"ok": "pong"}}
        assert session.supervisor.workers[0].phase is Phase.BUSY
        session.stop()
        await session.until(session.all_settled)
        task = session.ledger.task(task_id)
        assert task is not None
        assert task.state == "succeeded"
        assert session.supervisor.workers[0].exit == 0


def test_nothing_outlives_a_supervisor_that_is_terminated(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [
            *(sys.executable, "-m", "core.cli", "up", str(TASKY), "-n", "2"),
            *("--python", sys.executable, "--broker", URL, "--json"),
            *("--send", "tasky.nap", "--args", "[60]", "--count", "2"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert program.stdout is not None
    started = 0
    while started < 2:
        line = program.stdout.readline()
        assert line, "it ended before both workers were busy"
        started += b'"state": "started"' in line
    below = psutil.Process(program.pid).children(recursive=True)
    assert len(below) >= 2
    program.kill()
    program.wait(10)
    program.stdout.close()
    wait_until(lambda: not any(child.is_running() for child in below), 5, "the end of all children")
