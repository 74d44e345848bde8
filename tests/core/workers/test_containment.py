"""What every containment promises, on every platform."""

import asyncio
import sys
from collections.abc import Callable

import pytest

from core.workers.containment import make_containment
from core.workers.process import ChildSpec, spawn

pytestmark = pytest.mark.usefixtures("nothing_left")

Make = Callable[..., ChildSpec]


async def test_at_the_end_of_the_block_no_child_is_left(spec: Make, ears, are_gone) -> None:
    async with make_containment() as containment:
        child = await spawn(spec("family.py"), ears, containment)
        pids = [int(pid) for pid in (await ears.hears_line()).split()]
    assert len(set(pids)) == 3
    assert are_gone(pids, 1.0)
    await child.wait()
    assert len(ears.exits) == 1


async def test_a_block_without_children_ends() -> None:
    async with make_containment():
        pass


async def test_an_error_in_the_block_comes_through(spec: Make, ears, are_gone) -> None:
    with pytest.raises(KeyError):
        async with make_containment() as containment:
            child = await spawn(spec("stubborn.py"), ears, containment)
            raise KeyError
    assert are_gone([child.pid])


async def test_a_kill_ends_the_descendants_too(spec: Make, ears, containment, are_gone) -> None:
    child = await spawn(spec("family.py"), ears, containment)
    pids = [int(pid) for pid in (await ears.hears_line()).split()]
    child.kill()
    await child.wait()
    assert are_gone(pids)


async def test_a_kill_of_one_child_leaves_the_others(spec: Make, containment, ears) -> None:
    ears_of_the_other = type(ears)()
    one = await spawn(spec("stubborn.py"), ears, containment)
    other = await spawn(
        spec("print(input().upper())", takes_commands=True), ears_of_the_other, containment
    )
    await ears.hears_line()
    one.kill()
    await one.wait()
    other.send(b"still here\n")
    assert await ears_of_the_other.hears_line() == "STILL HERE"
    await other.wait()


async def test_descendants_end_with_a_child_that_leaves(
    spec: Make, ears, containment, are_gone
) -> None:
    child = await spawn(spec("family.py", "leaves", "quiet"), ears, containment)
    await child.wait()
    pids = [int(pid) for pid in ears.lines[0].split()]
    assert len(pids) == 3
    assert are_gone(pids)


async def test_children_end_with_a_supervisor_that_is_killed(supervise, are_gone) -> None:
    with supervise("stubborn.py", "holds_gil.py", "family.py", "family.py,leaves") as supervisor:
        pids = supervisor.pids_when_ready()
        supervisor.process.kill()
        assert are_gone(pids), pids
    assert len(pids) >= 6


def test_the_platform_decides() -> None:
    async def name() -> str:
        return type(make_containment()).__name__

    windows = sys.platform == "win32"
    assert asyncio.run(name()) == ("WindowsContainment" if windows else "PosixContainment")
