"""Groups and their keeper: what happens when Solofleet, the keeper or both go."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("POSIX", allow_module_level=True)

from core.errors import FleetError
from core.frozen import own
from core.workers import containment_posix, keeper
from core.workers.containment_posix import PosixContainment
from core.workers.process import ChildSpec, spawn

pytestmark = pytest.mark.usefixtures("nothing_left")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")

Make = Callable[..., ChildSpec]


def silence(text: str) -> None:
    raise AssertionError(text)


async def test_each_child_leads_a_group_of_its_own(spec: Make, ears) -> None:
    async with PosixContainment(silence) as containment:
        child = await spawn(spec("stubborn.py"), ears, containment)
        await ears.hears_line()
        assert os.getpgid(child.pid) == os.getsid(child.pid) == child.pid


async def test_the_keeper_is_in_a_session_of_its_own_and_leaves_with_the_block(are_gone) -> None:
    async with PosixContainment(silence) as containment:
        pid = containment.keeper_pid
        assert pid is not None
        assert os.getsid(pid) == pid
    assert containment.keeper_pid is None
    assert are_gone([pid], 0.0)


async def test_the_keeper_dies_after_its_work_when_solofleet_is_killed(supervise, are_gone) -> None:
    with supervise("stubborn.py") as supervisor:
        pids = supervisor.pids_when_ready()
        keeper_pid = supervisor.facts["keeper"]
        supervisor.process.kill()
        assert are_gone([*pids, keeper_pid])


@linux_only
@pytest.mark.parametrize("words", ["strays", "strays,leaves,quiet"])
async def test_descendants_that_left_the_group_end_with_a_killed_supervisor(
    words: str, supervise, are_gone
) -> None:
    with supervise(f"family.py,{words}") as supervisor:
        pids = supervisor.pids_when_ready()
        supervisor.process.kill()
        assert are_gone(pids), pids


@linux_only
async def test_descendants_that_left_the_group_end_with_a_killed_child(
    spec: Make, ears, containment, are_gone
) -> None:
    child = await spawn(spec("family.py", "strays"), ears, containment)
    pids = [int(pid) for pid in (await ears.hears_line()).split()]
    assert len({os.getpgid(pid) for pid in pids}) == 3
    child.kill()
    assert are_gone(pids)
    await child.wait()


@linux_only
async def test_a_child_born_in_the_instant_of_the_death_ends_too(supervise, are_gone) -> None:
    for births in (1, 2, 3, 5, 8):
        with supervise("storm") as supervisor:
            for _ in range(births + 2):
                supervisor.hears()
            supervisor.process.kill()
            assert are_gone([supervisor.facts["keeper"]])
            assert keeper.marked(str(supervisor.facts["token"])) == ()


@linux_only
async def test_an_outer_solofleet_finds_the_children_of_an_inner_one(
    spec: Make, ears, containment, monkeypatch
) -> None:
    monkeypatch.setenv(keeper.TOKEN_VARIABLE, "outer.1.")
    child = await spawn(spec("stubborn.py"), ears, containment)
    await ears.hears_line()
    assert child.pid in keeper.marked("outer.1.")


async def test_a_keeper_that_dies_is_replaced_and_that_is_said(
    spec: Make, ears, supervise, are_gone
) -> None:
    with supervise("stubborn.py") as supervisor:
        pids = supervisor.pids_when_ready()
        os.kill(supervisor.facts["keeper"], signal.SIGKILL)
        assert "died: another has started" in supervisor.hears()["said"]
        supervisor.process.kill()
        assert are_gone(pids)


@linux_only
async def test_a_number_that_belongs_to_another_by_now_is_left_alone(sleeper) -> None:
    async with PosixContainment(silence) as containment:
        hold = containment.hold()
        hold.adopt(sleeper.pid)
        hold._started = 1  # as if the number had been given anew
        hold.kill()
        hold.release()
    assert sleeper.poll() is None


async def test_a_hold_without_a_child_has_nobody_to_kill() -> None:
    async with PosixContainment(silence) as containment:
        hold = containment.hold()
        hold.kill()
        hold.release()


async def test_a_keeper_that_cannot_start_is_an_error(monkeypatch) -> None:
    monkeypatch.setattr(own, "OWN_PYTHON", Path("/nowhere/python"))
    with pytest.raises(FleetError, match="/nowhere/python"):
        async with PosixContainment(silence):
            pass


@linux_only
async def test_a_child_that_does_not_die_does_not_hold_up_the_end(sleeper, monkeypatch) -> None:
    monkeypatch.setattr(containment_posix, "PATIENCE_S", 0.05)
    async with PosixContainment(silence) as containment:
        hold = containment.hold()
        hold.adopt(sleeper.pid)
        hold._started = 1
    assert sleeper.wait(5) == -signal.SIGKILL  # the keeper's last try
