"""Jobs on Windows: nothing outside, nothing left."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

from core.errors import FleetError
from core.workers import containment_windows
from core.workers.containment_windows import WindowsContainment, WindowsHold
from core.workers.job_windows import Job
from core.workers.process import ChildSpec, spawn

pytestmark = pytest.mark.usefixtures("nothing_left")

Make = Callable[..., ChildSpec]


class Watched:
    """A containment whose holds can be looked at, and stopped before they let a child run."""

    def __init__(self, real: WindowsContainment, before: Callable[[int], None]) -> None:
        self.births = real.births
        self._hold = real.hold()
        self._before = before

    def hold(self) -> "Watched":
        return self

    @property
    def options(self) -> Mapping[str, object]:
        return self._hold.options

    @property
    def env(self) -> Mapping[str, str]:
        return self._hold.env

    def adopt(self, pid: int) -> None:
        self._before(pid)
        self._hold.adopt(pid)

    def kill(self) -> None:
        self._hold.kill()

    def release(self) -> None:
        self._hold.release()


async def test_child_and_descendants_are_in_the_workers_job_and_in_the_sessions(
    spec: Make, ears, is_in_job
) -> None:
    async with WindowsContainment(print) as containment:
        child = await spawn(spec("family.py"), ears, containment)
        (hold,) = containment._holds
        pids = [int(pid) for pid in (await ears.hears_line()).split()]
        assert child.pid in pids
        assert len(set(pids)) == 3
        for pid in pids:
            assert is_in_job(pid, hold._job)
            assert is_in_job(pid, containment._job)


async def test_a_child_does_not_run_before_it_is_held(spec: Make, ears, tmp_path: Path) -> None:
    footprint = tmp_path / "footprint"
    program = f"import pathlib; pathlib.Path({str(footprint)!r}).touch(); print('ran')"

    ended_early: list[bool] = []

    def look(pid: int) -> None:
        gone, _ = psutil.wait_procs([psutil.Process(pid)], timeout=0.5)
        ended_early.append(bool(gone) or footprint.exists())

    async with WindowsContainment(print) as containment:
        child = await spawn(spec(program), ears, Watched(containment, look))
        await child.wait()
    assert ended_early == [False]
    assert ears.lines == ["ran"]
    assert footprint.exists()


async def test_a_child_that_cannot_be_held_never_runs(spec: Make, ears, tmp_path: Path) -> None:
    footprint = tmp_path / "footprint"

    def refuse(pid: int) -> None:
        raise FleetError("cannot be held", "a test", "none")

    async with WindowsContainment(print) as containment:
        with pytest.raises(FleetError, match="cannot be held"):
            await spawn(spec(f"open({str(footprint)!r}, 'w')"), ears, Watched(containment, refuse))
    assert not footprint.exists()


async def test_a_process_that_is_not_there_cannot_be_held() -> None:
    async with WindowsContainment(print) as containment:
        hold = containment.hold()
        with pytest.raises(FleetError, match="Windows said"):
            hold.adopt(4194300)
        hold.kill()
        hold.release()


async def test_closing_the_sessions_job_ends_all(spec: Make, ears, are_gone) -> None:
    async with WindowsContainment(print) as containment:
        await spawn(spec("family.py"), ears, containment)
        pids = [int(pid) for pid in (await ears.hears_line()).split()]
        containment._job.close()
        assert are_gone(pids)
        containment._job = Job()


async def test_closing_a_workers_job_ends_that_worker(spec: Make, ears, are_gone) -> None:
    async with WindowsContainment(print) as containment:
        await spawn(spec("family.py"), ears, containment)
        pids = [int(pid) for pid in (await ears.hears_line()).split()]
        (hold,) = containment._holds
        hold._job.close()
        assert are_gone(pids)
        hold._job = None


async def test_an_empty_environment_still_has_the_windows_folder(
    spec: Make, ears, containment
) -> None:
    program = "import os, socket; print(os.environ['SYSTEMROOT'], len(os.urandom(8)))"
    child = await spawn(replace(spec(program), env={}), ears, containment)
    await child.wait()
    assert ears.lines == [r"C:\windows 8"] or ears.lines == [r"C:\Windows 8"], ears.all("err")


async def test_a_child_that_does_not_die_does_not_hold_up_the_end(monkeypatch) -> None:
    monkeypatch.setattr(containment_windows, "PATIENCE_S", 0.05)
    async with WindowsContainment(print) as containment:
        containment._holds.add(WindowsHold(containment))
