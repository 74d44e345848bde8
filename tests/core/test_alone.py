"""A task runs again in one worker alone, on a real broker."""

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.alone import run_alone
from core.errors import FleetError
from core.jobs import job_group
from core.workers.phase import Phase
from tests.support.broker import Server
from tests.support.fleets import Fleet, fleet

if sys.platform == "win32":
    pytest.skip("there is no server", allow_module_level=True)


@pytest.fixture(autouse=True)
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Logs and records of the test, in its own folder; no child of ours is left."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    before = set(psutil.Process().children(recursive=True))
    yield
    assert set(psutil.Process().children(recursive=True)) <= before


def traces(server: Server) -> list[bytes]:
    """What the broker has of queues for one worker."""
    return list(server.client.scan_iter("*solofleet.alone*"))


async def end_a_worker(own: Fleet) -> tuple[str, str]:
    """Both workers are up again; which task ended one of them, and which one."""
    (dead,) = await own.send("die", 4)
    await own.until_ended(dead)
    await own.until_phase(Phase.READY)
    worker = own.task(dead).worker
    assert worker is not None
    return dead, worker


async def test_it_ends_that_worker_again_and_leaves_the_others_and_the_broker_alone(
    server: Server,
) -> None:
    async with fleet(server.url, 2) as own:
        await own.start()
        dead, _ = await end_a_worker(own)
        restarts = {name: worker.restarts for name, worker in own.workers.items()}
        told: list[str] = []
        again = await run_alone(own.session, dead, own.name("worker2"), told.append)
        assert told == [again]
        assert (own.task(again).state, own.task(again).worker) == ("failed", own.name("worker2"))
        await own.until_phase(Phase.READY)
        assert own.workers["worker1"].restarts == restarts["worker1"]
        assert own.workers["worker2"].restarts == restarts["worker2"] + 1
        assert traces(server) == []
        (added,) = await own.send("add", 1, count=1)
        await own.until_ended(added)
        assert own.task(added).state == "succeeded"


async def test_a_worker_that_is_down_is_started_for_it(server: Server) -> None:
    async with fleet(server.url, 2) as own:
        own.session.start(own.name("worker1"))
        await own.until_phase(Phase.READY, "worker1")
        (failed,) = await own.send("boom", "a text")
        await own.until_ended(failed)
        again = await run_alone(own.session, failed, own.name("worker2"))
        assert own.task(again).worker == own.name("worker2")
        assert own.task(again).args == own.task(failed).args
        assert traces(server) == []


async def test_what_the_broker_would_give_back_for_ever_goes_with_its_queue(
    server: Server,
) -> None:
    async with fleet(server.url, 2) as own:
        await own.start()
        (running,) = await own.send_and_see_it_run("stubborn_nap", 60)
        other = next(short for short in own.workers if own.name(short) != own.task(running).worker)
        told: list[str] = []
        async with job_group() as jobs:
            job = jobs.create_task(run_alone(own.session, running, own.name(other), told.append))
            await own.until(lambda: told and own.task(told[0]).state == "started")
            psutil.Process(own.pid(other)).kill()
        assert job.result() == told[0]
        assert own.task(told[0]).state in ("sent", "lost")
        assert traces(server) == []


async def test_arguments_that_are_not_known_in_full_are_not_guessed(server: Server) -> None:
    async with fleet(server.url) as own:
        (waiting,) = await own.send("add", 1)
        with pytest.raises(FleetError, match="not known in full"):
            await run_alone(own.session, waiting, own.name("worker1"))
        assert not own.workers["worker1"].alive


async def test_a_worker_that_does_not_come_up_is_told(server: Server) -> None:
    async with fleet(server.url) as own:
        await own.start()
        (failed,) = await own.send("boom")
        await own.until_ended(failed)
        with pytest.raises(FleetError, match="is gone"):
            await run_alone(own.session, failed, "nobody@box")
