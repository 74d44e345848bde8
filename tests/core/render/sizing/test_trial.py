"""Measuring runs with real workers on the broker that comes along."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from core.errors import FAILED, TIMED_OUT, UNAVAILABLE, FleetError
from core.render.plans import MB
from core.render.sizing.trial import measure
from core.tasks.call import TaskCall
from core.wishes import Wishes
from tests.support.projects import project

if sys.platform == "win32":
    pytest.skip("under Wine a session starts too slowly on a busy machine", allow_module_level=True)

APP = """
import os, time
from celery import Celery
app = Celery("greedy")

@app.task
def take(megabytes, seconds=0.2):
    held = bytearray(megabytes * 2**20)
    held[::4096] = b"x" * len(held[::4096])
    time.sleep(seconds)

@app.task
def fail():
    raise ValueError("no such customer")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project; records and logs of the test are in its own folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "greedy.py").write_text(APP, "utf-8")
    return tmp_path


async def test_a_run_shows_rest_peak_and_time_of_a_task(folder: Path) -> None:
    said: list[str] = []
    call = TaskCall("greedy.take", args=(80,), count=2)
    greedy = project(folder, "greedy", name="greedy-1")
    found = await measure(greedy, Wishes(), dict(os.environ), call, said.append)
    assert found.idle is not None and 20 * MB < found.idle < 120 * MB
    (task,) = found.tasks
    assert task.name == "greedy.take"
    assert 78 * MB < task.most < 110 * MB
    assert found.work is not None and found.work.runtime_s >= 0.2
    if sys.platform == "linux":
        assert found.prefork is not None and found.prefork.children == 2
        assert 10 * MB < found.prefork.child < found.prefork.base + found.idle
    assert not any("estimated" in text for text in said)


async def test_without_a_task_only_rest_is_measured(folder: Path) -> None:
    greedy = project(folder, "greedy", name="greedy-2")
    found = await measure(greedy, Wishes(), dict(os.environ), None, lambda text: None)
    assert found.idle is not None
    assert (found.tasks, found.work) == ((), None)


async def test_a_task_that_fails_is_told_with_its_error(folder: Path) -> None:
    greedy = project(folder, "greedy", name="greedy-3")
    with pytest.raises(FleetError) as caught:
        await measure(greedy, Wishes(), dict(os.environ), TaskCall("greedy.fail"), print)
    assert caught.value.exit_code == FAILED
    assert "no such customer" in caught.value.why


async def test_an_app_that_cannot_be_imported_is_told(folder: Path) -> None:
    (folder / "broken.py").write_text("import nowhere_to_be_found", "utf-8")
    broken = project(folder, "broken", name="broken-1")
    with pytest.raises(FleetError, match="nowhere_to_be_found") as caught:
        await measure(broken, Wishes(), dict(os.environ), None, lambda text: None)
    assert caught.value.exit_code == UNAVAILABLE


async def test_a_run_that_takes_too_long_is_ended(folder: Path) -> None:
    greedy = project(folder, "greedy", name="greedy-4")
    call = TaskCall("greedy.take", args=(1, 600))
    with pytest.raises(FleetError) as caught:
        await measure(greedy, Wishes(), dict(os.environ), call, lambda text: None, 5.0)
    assert caught.value.exit_code == TIMED_OUT
    assert len(asyncio.all_tasks()) == 1
