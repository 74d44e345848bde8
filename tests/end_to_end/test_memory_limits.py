"""The advisor's word on memory, kept under a real limit: what it advises survives, more is killed.

Memory alone is tried here: the plans get processors enough that nothing else sets the concurrency.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from core.render.plans import Plan, known_plans
from core.render.sizing.concurrency import Footprint, advise, risk
from core.render.sizing.measured import footprint
from core.render.sizing.trial import measure
from core.tasks.call import TaskCall
from core.wishes import Wishes
from tests.support.memory_limit import Limit, memory_limit
from tests.support.projects import project
from tests.support.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("limits on memory are those of Linux", allow_module_level=True)

from celery import Celery  # the tests' own client

from tests.support.broker import Server

# All tasks hold their memory until as many hold theirs.
APP = """
import os, time
from pathlib import Path
from celery import Celery

app = Celery("greedy", broker=os.environ.get("CELERY_BROKER_URL"))
app.conf.worker_prefetch_multiplier = 1

@app.task
def take(megabytes, together):
    held = bytearray(megabytes * 2**20)
    held[::4096] = b"x" * len(held[::4096])
    marks = Path("marks")
    marks.mkdir(exist_ok=True)
    (marks / str(os.getpid())).touch()
    until = time.monotonic() + 60
    while len(list(marks.iterdir())) < together and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.3)
    return len(held)
"""
PLANS = known_plans()
CASES = [("starter", 60), ("standard", 150)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a greedy task; records and logs of the test are in its own folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "greedy.py").write_text(APP, "utf-8")
    return tmp_path


async def needs(folder: Path, megabytes: int) -> Footprint:
    """What the advisor measures of the project."""
    call = TaskCall("greedy.take", args=(megabytes, 1))
    greedy = project(folder, "greedy", name=f"greedy-{os.getpid()}")
    measured = await measure(greedy, Wishes(), dict(os.environ), call, lambda text: None)
    assert measured.prefork is not None
    found, _ = footprint(measured)
    return found


class Worker:
    """A prefork worker below a limit, as the literal command."""

    def __init__(self, folder: Path, url: str, limit: Limit, concurrency: int) -> None:
        self._log = folder / "worker.log"
        self._client = Celery(broker=url, backend=url)
        for mark in (folder / "marks").glob("*"):
            mark.unlink()
        command = (sys.executable, "-m", "celery", "-A", "greedy", "-b", url)
        command = (*command, "--result-backend", url, "worker", "-c", str(concurrency))
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                limit.wrap((*command, "--loglevel=info")),
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        limit.begun(self.process.pid)
        self.until(lambda: " ready." in self.log, "a ready worker")

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def until(self, holds: Callable[[], bool], what: str) -> None:
        try:
            wait_until(holds, 90, what)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log}") from None

    def send(self, megabytes: int, together: int) -> list[str]:
        return [
            self._client.send_task("greedy.take", (megabytes, together)).id for _ in range(together)
        ]

    def succeeded(self) -> int:
        return self.log.count("] succeeded in ")

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)  # also whom it starts for one just killed
        self.process.wait()
        self._client.close()


@contextmanager
def worker(folder: Path, url: str, limit: Limit, concurrency: int) -> Iterator[Worker]:
    one = Worker(folder, url, limit, concurrency)
    try:
        yield one
    finally:
        one.close()


def roomy(name: str) -> Plan:
    return replace(PLANS.plan(name), cpu=64)


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("name", "megabytes"), CASES)
async def test_the_advised_concurrency_survives_and_a_clearly_larger_one_is_killed(
    name: str,
    megabytes: int,
    folder: Path,
    own_server: Server,
    record_property: Callable[[str, object], None],
) -> None:
    plan = roomy(name)
    found = await needs(folder, megabytes)
    advised = advise(plan, found).concurrency
    larger = next(n for n in range(advised, 200) if found.total(n) > 1.25 * plan.memory)
    assert risk(plan, found, advised).startswith("safe")
    assert "signal 9" in risk(plan, found, larger)
    told = f"{name}: {advised} is advised, {larger} is too much, of {found}"

    with memory_limit(plan.memory) as limit:
        record_property("limit", limit.how)
        print(f"{told}; limited by {limit.how}")
        with worker(folder, own_server.url, limit, advised) as one:
            one.send(megabytes, advised)
            one.until(lambda: one.succeeded() == advised, f"{advised} tasks at once: {told}")
        assert limit.kills() == 0, told

    with (
        memory_limit(plan.memory) as limit,
        worker(folder, own_server.url, limit, larger) as one,
    ):
        one.send(megabytes, larger)
        one.until(lambda: limit.kills() > 0, f"a kill: {told}")
        one.until(lambda: "signal 9 (SIGKILL)" in one.log, f"the words of the guide: {told}")
