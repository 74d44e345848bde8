"""A fleet on Windows: Celery's true Windows loop against a real server on Linux' loopback."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
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
from core.workers.names import this_host
from core.workers.phase import Phase
from tests.support.waiting import wait_until

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

from tests.support.venvs import bare_venv
from tests.windows.databases import FLEET as URL

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"
SHARE = Path(r"\\fileserver\share")  # prepare.sh
LIMIT_S = 90
IDLE_STOP_S = 1.5
SHOP = """\
import os
from celery import Celery
app = Celery("grüße")
@app.task
def greet(name):
    print("grün ✓ %s in %s" % (name, os.path.basename(os.getcwd())))
"""
AT_HOME = """\
import os
from celery import Celery
app = Celery("shop")
@app.task
def where():
    return os.getcwd()
"""


@pytest.fixture(autouse=True)
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    redis.Redis.from_url(URL).flushdb()


@asynccontextmanager
async def fleet(
    workers: int, folder: Path = TASKY, *, python: str = sys.executable, name: str | None = None
) -> AsyncIterator[Session]:
    """A session whose workers are all ready."""
    project = open_project(folder, python=python)
    wishes = Wishes(workers=workers, broker=Secret(URL), name=name)
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


async def stopped(session: Session) -> list[int | None]:
    """The exit codes of the workers after a stop."""
    session.stop()
    await session.until(session.all_settled)
    return [worker.exit for worker in session.supervisor.workers]


async def test_two_hundred_tasks_on_four_workers_are_counted_exactly() -> None:
    async with fleet(4) as session:
        ids = await session.send(TaskCall("tasky.add", (1, 2), count=200))
        await session.until(lambda: not session.ledger.counts.totals().open)
        totals = session.ledger.counts.totals()
        assert (totals.sent, totals.succeeded, totals.lost) == (200, 200, 0)
        each = [session.ledger.counts.worker(w.name) for w in session.supervisor.workers]
        assert [count.received for count in each] == [count.succeeded for count in each]
        assert sum(count.succeeded for count in each) == len(set(ids)) == 200
        asked_at = time.monotonic()
        session.stop()
        await session.until(lambda: any(w.exit is not None for w in session.supervisor.workers))
        # Celery's loop there looks up once a second: whoever was about to has nothing to wait for.
        assert time.monotonic() - asked_at <= IDLE_STOP_S
        assert await stopped(session) == [0] * 4


async def test_tasks_that_fall_due_together_run_one_at_a_time() -> None:
    async with fleet(1) as session:
        ids = await session.send(TaskCall("tasky.nap", (0.4,), countdown_s=2, count=4))
        await session.until(lambda: not session.ledger.counts.totals().open)
        tasks = [task for each in ids if (task := session.ledger.task(each)) is not None]
        assert [task.state for task in tasks] == ["succeeded"] * 4
        times = sorted((task.started_at or 0, task.ended_at or 0) for task in tasks)
        assert all(end <= start for (_, end), (start, _) in pairwise(times))
        assert await stopped(session) == [0]


async def test_a_busy_worker_answers_and_a_stop_finishes_its_task() -> None:
    async with fleet(1) as session:
        [worker] = session.supervisor.workers
        [task_id] = await session.send(TaskCall(task="tasky.nap", args=(3,)))
        await session.until(lambda: session.supervisor.workers[0].task is not None)
        replies = await session.calls.inspect("ping", [worker.name], timeout_s=2.0)
        assert replies == {worker.name: {"ok": "pong"}}
        assert session.supervisor.workers[0].phase is Phase.BUSY
        assert await stopped(session) == [0]
        task = session.ledger.task(task_id)
        assert task is not None
        assert task.state == "succeeded"


async def test_the_python_of_a_venv_and_the_process_it_starts_are_one_worker(
    tmp_path: Path,
) -> None:
    python = bare_venv(tmp_path / ".venv", packages=True)
    async with fleet(1, python=str(python)) as session:
        root, pids = await family(session)
        assert root not in pids
        [task_id] = await session.send(TaskCall("tasky.pid"))
        await session.until(lambda: not session.ledger.counts.totals().open)
        task = session.ledger.task(task_id)
        assert task is not None
        assert task.result in [str(pid) for pid in pids]
        assert await stopped(session) == [0]
        assert not any(psutil.pid_exists(pid) for pid in (root, *pids))
        session.start()
        await session.until(lambda: session.supervisor.workers[0].phase is Phase.READY)
        root, pids = await family(session)
        await session.send(TaskCall("tasky.nap", (60,)))
        await session.until(lambda: session.supervisor.workers[0].task is not None)
    assert not any(psutil.pid_exists(pid) for pid in (root, *pids))


async def family(session: Session) -> tuple[int, list[int]]:
    """The process that was started for the only worker, and those below it."""
    [root] = session.supervisor.roots.values()
    below = await asyncio.to_thread(psutil.Process(root).children, recursive=True)
    return root, [process.pid for process in below]


async def test_folder_app_and_words_may_have_any_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUTF8", raising=False)  # files and pipes are in cp1252 then
    folder = tmp_path / "Jürgen's Projekt (100%) 作業"
    folder.mkdir()
    (folder / "läden.py").write_text(SHOP, "utf-8", newline="\r\n")
    async with fleet(1, folder, name="w%i@%COMPUTERNAME%") as session:
        [worker] = session.supervisor.workers
        assert worker.name == f"w1@{this_host()}"
        await session.send(TaskCall("läden.greet", ("世界",)))
        await session.until(lambda: not session.ledger.counts.totals().open)
        assert session.ledger.counts.totals().succeeded == 1
        log = session.log(worker.name)
        said = f"grün ✓ 世界 in {folder.name}"
        assert any(line.endswith(said) for line in log.slice(0, log.end))
        assert await stopped(session) == [0]


async def test_a_project_on_a_network_share_runs_there() -> None:
    folder = SHARE / "shop"
    folder.mkdir(exist_ok=True)
    (folder / "shop.py").write_text(AT_HOME, "utf-8")
    async with fleet(1, folder) as session:
        [task_id] = await session.send(TaskCall("shop.where"))
        await session.until(lambda: not session.ledger.counts.totals().open)
        task = session.ledger.task(task_id)
        assert task is not None
        assert task.result == f"'{folder}'"
        assert await stopped(session) == [0]


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
