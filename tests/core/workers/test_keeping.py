"""The keeper process as Solofleet sees it."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("POSIX", allow_module_level=True)

from core.frozen import own
from core.workers import keeping
from core.workers.keeping import Keeper

pytestmark = pytest.mark.usefixtures("nothing_left")


class Sayings:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self._news = asyncio.Event()

    def __call__(self, text: str) -> None:
        self.texts.append(text)
        self._news.set()

    async def next(self) -> str:
        async with asyncio.timeout(20):
            await self._news.wait()
        self._news.clear()
        return self.texts[-1]


async def test_it_kills_the_groups_it_was_told_of_when_it_leaves(sleeper) -> None:
    keeper = Keeper("nobody", lambda: (), Sayings())
    keeper.start()
    keeper.tell(f"+{sleeper.pid}\n")
    await keeper.leave()
    assert keeper.pid is None
    assert sleeper.wait(5) == -signal.SIGKILL


async def test_it_leaves_a_released_group_alone(sleeper) -> None:
    keeper = Keeper("nobody", lambda: (sleeper.pid,), Sayings())
    keeper.start()
    keeper.tell(f"-{sleeper.pid}\n")
    await keeper.leave()
    assert sleeper.poll() is None


async def test_one_that_dies_is_replaced_and_the_next_is_told_all(sleeper) -> None:
    said = Sayings()
    keeper = Keeper("nobody", lambda: (sleeper.pid,), said)
    keeper.start()
    first = keeper.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert "another has started" in await said.next()
    assert keeper.pid not in (None, first)
    await keeper.leave()
    assert sleeper.wait(5) == -signal.SIGKILL


async def test_one_that_dies_again_and_again_is_given_up(monkeypatch, tmp_path) -> None:
    broken = tmp_path / "keeper.py"
    broken.write_text("raise SystemExit")
    monkeypatch.setattr(keeping.keeper, "__file__", str(broken))
    said = Sayings()
    keeper = Keeper("nobody", lambda: (), said)
    keeper.start()
    while "again and again" not in await said.next():
        pass
    assert keeper.pid is None
    keeper.tell("+1\n")
    await keeper.leave()


async def test_one_that_cannot_be_replaced_is_said(monkeypatch) -> None:
    said = Sayings()
    keeper = Keeper("nobody", lambda: (), said)
    keeper.start()
    assert keeper.pid is not None
    monkeypatch.setattr(own, "OWN_PYTHON", Path("/nowhere/python"))
    os.kill(keeper.pid, signal.SIGKILL)
    while "no keeper could be started" not in await said.next():
        pass


async def test_one_that_reads_nothing_is_replaced() -> None:
    said = Sayings()
    keeper = Keeper("nobody", lambda: (), said)
    keeper.start()
    frozen = keeper.pid
    assert frozen is not None
    os.kill(frozen, signal.SIGSTOP)
    while not said.texts:
        keeper.tell("+99999999\n" * 1000)
        await asyncio.sleep(0)
    assert keeper.pid not in (None, frozen)
    await keeper.leave()


async def test_one_that_does_not_leave_is_killed(monkeypatch) -> None:
    monkeypatch.setattr(keeping, "PATIENCE_S", 0.05)
    keeper = Keeper("nobody", lambda: (), Sayings())
    keeper.start()
    assert keeper.pid is not None
    os.kill(keeper.pid, signal.SIGSTOP)
    await keeper.leave()
    assert keeper.pid is None
