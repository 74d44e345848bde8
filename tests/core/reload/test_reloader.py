"""New processes when source was saved: real files, a real interpreter."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.reload.reloader import Reloader, Target
from core.workers.containment import make_containment
from core.workers.phase import Stage, Worker
from core.workers.spec import WorkerSpec

LIMIT_S = 30.0


class Watched:
    """A project whose source is watched; `told` is what was asked and said, in order."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.told: list[str] = []
        self.workers = [Worker("w1@box", Stage.UP), Worker("w2@box", Stage.UP)]
        self.rows = [Worker("beat", Stage.UP)]
        self.target = Target(
            lambda: self.workers,
            lambda: self.rows,
            lambda name: self._tell(f"restart {name}"),
            self._tell,
        )
        self._news = asyncio.Event()

    def save(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, "utf-8")

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(LIMIT_S):
            while not holds():
                self._news.clear()
                await self._news.wait()

    def _tell(self, text: str) -> None:
        self.told.append(text)
        self._news.set()


@asynccontextmanager
async def watching(root: Path, python: str = sys.executable) -> AsyncIterator[Watched]:
    watched = Watched(root)
    spec = WorkerSpec(Path(python), "app", root, dict(os.environ))
    async with make_containment() as containment, asyncio.TaskGroup() as jobs:
        job = jobs.create_task(Reloader(root, watched.target, spec, containment).run())
        await asyncio.sleep(0)  # one turn of the loop: then the system has been told to watch
        yield watched
        job.cancel()


async def test_all_that_run_are_restarted_once_for_a_burst_of_changes(tmp_path: Path) -> None:
    async with watching(tmp_path) as watched:
        for number in range(5):
            watched.save("tasks.py", f"x = {number}")
            watched.save("more.py", f"x = {number}")
        await watched.until(lambda: "restart beat" in watched.told)
        assert watched.told == [
            "more.py, tasks.py changed: restarting 2 workers and beat",
            "restart w1@box",
            "restart w2@box",
            "restart beat",
        ]


async def test_source_with_an_error_restarts_nobody_until_it_is_mended(tmp_path: Path) -> None:
    async with watching(tmp_path) as watched:
        watched.save("tasks.py", "def f(:\n")
        await watched.until(lambda: watched.told)
        assert watched.told[0].startswith("not restarted: tasks.py:1 has an error: ")
        watched.save("other.py", "x = 1")
        await watched.until(lambda: len(watched.told) > 1)
        assert watched.told[1] == watched.told[0]
        watched.save("tasks.py", "def f(): pass\n")
        await watched.until(lambda: "restart beat" in watched.told)
        assert "other.py, tasks.py changed: restarting 2 workers and beat" in watched.told


async def test_who_was_stopped_stays_so_and_who_failed_gets_a_chance(tmp_path: Path) -> None:
    async with watching(tmp_path) as watched:
        watched.workers = [Worker("w1@box", Stage.EXITED), Worker("w2@box", Stage.FATAL)]
        watched.rows = [Worker("beat", Stage.STOPPED)]
        watched.save("tasks.py", "x = 1")
        await watched.until(lambda: "restart w2@box" in watched.told)
        assert watched.told == ["tasks.py changed: restarting 1 worker", "restart w2@box"]


async def test_other_files_restart_nobody(tmp_path: Path) -> None:
    async with watching(tmp_path) as watched:
        watched.save("notes.txt", "x")
        watched.save("last.py", "x = 1")
        await watched.until(lambda: "restart beat" in watched.told)
        assert watched.told[0].startswith("last.py changed")


@pytest.mark.skipif(sys.platform == "win32", reason="a program in use cannot be removed there")
async def test_an_interpreter_that_is_gone_is_told(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.symlink_to(sys.executable)
    async with watching(tmp_path, str(python)) as watched:
        python.unlink()
        watched.save("tasks.py", "x = 1")
        await watched.until(lambda: watched.told)
        assert "there is no program" in watched.told[0]
        assert watched.told[0].endswith("nothing is restarted")
