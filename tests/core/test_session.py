"""One open project, with real workers on a real broker."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.bridge import calls, settlement
from core.broker.builtin import free_port
from core.changes import BrokerKnown, Diagnosed, TasksUnsent, WorkerRemoved
from core.errors import USAGE, FleetError
from core.session import Session
from core.tasks.call import TaskCall
from core.wishes import Wishes
from core.workers.leftovers import claim
from core.workers.loss import Loss
from core.workers.mode import Mode
from core.workers.names import this_host
from core.workers.phase import Phase
from tests.support.broker import Server
from tests.support.clock import MovedLoop, run_moved
from tests.support.fleets import Fleet, fleet, fleet_of
from tests.support.groups import settings_of
from tests.support.projects import TASKY, project
from tests.support.venvs import python_with, python_with_celery
from tests.support.waiting import wait_until

if sys.platform == "win32":
    pytest.skip("there is no server", allow_module_level=True)

SECRET = "correct-horse-battery"
AWAY = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Logs and records of the test, in its own folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Fails a test that leaves a child of ours running."""
    before = set(psutil.Process().children(recursive=True))
    yield
    left = set(psutil.Process().children(recursive=True)) - before
    assert not left, [process.cmdline() for process in left]


# --- Start, work, stop ---


async def test_a_fleet_is_started_works_and_stops(server: Server, homes: Path) -> None:
    environ = {"SHOP_PASSWORD": SECRET, "CELERY_WORKER_CONCURRENCY": "2"}
    async with fleet(server.url, environ=environ) as own:
        around = await own.session.look_around()
        assert (around.local, around.foreign) == (True, ())
        assert isinstance(own.changes[-1], BrokerKnown)
        await own.start()
        ids = await own.send("add", 1, count=300)
        (probe,) = await own.session.send(TaskCall("solofleet.probe", kwargs={"log": SECRET}))
        await own.until_ended(*ids, probe)
        assert (own.totals.sent, own.totals.succeeded, own.totals.open) == (301, 301, 0)
        assert own.session.ledger.counts.worker(own.name("worker1")).succeeded == 301
        own.session.stop()
        await own.until(own.session.all_settled)
        assert own.workers["worker1"].phase is Phase.EXITED
        assert own.session.all_gone()
    assert server.unacked() == 0
    (log,) = (homes / "state" / "solofleet" / "log" / "tasky-1").glob("worker1-*-run1-001.log")
    assert log.read_text().count("succeeded in") == 301
    assert SECRET not in log.read_text() and SECRET not in own.log("worker1")
    assert "***" in log.read_text()


async def test_the_number_of_workers_is_told_with_its_reason(server: Server) -> None:
    opened = project(env={"CELERY_WORKER_CONCURRENCY": "3", "CELERY_BROKER_URL": server.url})
    async with Session(opened, Wishes(), lambda change: None, dict(os.environ)) as session:
        assert len(session.supervisor.workers) == 3
        assert session.size_reason.startswith("CELERY_WORKER_CONCURRENCY=3")
        assert not session.lossy


async def test_a_worker_takes_from_its_queues_only(server: Server) -> None:
    async with fleet(server.url, queues=("fast", "slow")) as own:
        await own.start()
        (other,) = await own.send("add", 1)
        done = [(await own.send("add", 1, queue=queue))[0] for queue in ("fast", "slow")]
        await own.until_ended(*done)
        assert own.task(other).state == "sent"
        assert server.waiting() == 1


async def test_a_wrong_call_is_refused_and_leaves_no_trace(server: Server) -> None:
    async with fleet(server.url) as own:
        for task, args in (("ad", (1,)), ("add", (1, 2, 3))):
            with pytest.raises(FleetError) as refused:
                await own.send(task, *args)
            assert refused.value.exit_code == USAGE
        assert (own.totals.sent, server.waiting()) == (0, 0)


async def test_a_plain_fleet_is_heard_before_it_starts(server: Server) -> None:
    async with fleet(server.url, mode=Mode.PLAIN) as own:
        assert own.session.lossy
        await own.session.look_around()
        await own.start()
        (task_id,) = await own.send("add", 1)
        await own.until_ended(task_id)
        assert own.task(task_id).worker == own.name("worker1")
        own.session.stop()
        await own.until(own.session.all_settled)
        assert own.workers["worker1"].exit == 0


# --- One worker, or some, of a fleet that works ---


async def test_a_restart_lets_the_task_finish_and_goes_on_counting(
    server: Server, homes: Path
) -> None:
    async with fleet(server.url) as own:
        await own.start()
        pid, name = own.pid("worker1"), own.name("worker1")
        (task_id,) = await own.send_and_see_it_run("nap", 0.5)
        own.session.restart(name)
        await own.until(lambda: own.workers["worker1"].run == 2)
        await own.until_phase(Phase.READY)
        assert own.task(task_id).state == "succeeded"
        (second,) = await own.send("add", 1)
        await own.until_ended(second)
        worker = own.workers["worker1"]
        assert (worker.name, worker.restarts, worker.pid != pid) == (name, 1, True)
        assert own.session.ledger.counts.worker(name).succeeded == 2
        folder = homes / "state" / "solofleet" / "log" / "tasky-1"
        assert len(list(folder.glob("*-run1-*"))) == len(list(folder.glob("*-run2-*"))) == 1


async def test_a_fleet_grows_and_shrinks_while_it_works(server: Server) -> None:
    """Down takes an idle worker first; up takes names that are free."""
    async with fleet(server.url) as own:
        await own.start()
        (task_id,) = await own.send_and_see_it_run("nap", 2)
        own.session.scale(3)
        await own.until_phase(Phase.READY, "worker2", "worker3")
        assert own.workers["worker1"].phase is Phase.BUSY
        own.session.scale(1)
        own.session.scale(1)
        own.session.scale(2)  # two leave: the third name is the first that is free
        assert set(own.workers) == {"worker1", "worker2", "worker3", "worker4"}
        await own.until(lambda: set(own.workers) == {"worker1", "worker4"})
        await own.until_phase(Phase.READY, "worker4")
        removed = {change.name for change in own.changes if isinstance(change, WorkerRemoved)}
        assert removed == {f"worker{number}@{this_host()}" for number in (2, 3)}
        own.session.scale(3)
        await own.until_phase(Phase.READY, "worker2")
        assert own.workers["worker2"].run == 2
        await own.until_ended(task_id)
        assert own.task(task_id).state == "succeeded"
        own.session.scale(0)
        await own.until(lambda: not own.workers)


async def test_a_group_grows_and_shrinks_by_itself(server: Server) -> None:
    """The other group stays as it is, and so do its queues and its spare."""
    text = "[groups.fast]\nqueues = ['fast']\n[groups.slow]\nqueues = ['slow']\nspare = true\n"
    python = python_with_celery("5.7.0")
    opened = project(python=python, settings=settings_of(text))
    async with fleet_of(opened, server.url, None) as own:
        await own.start()
        own.session.scale(2, "fast")
        await own.until_phase(Phase.READY, "fast1", "fast2", "slow1")
        done = [(await own.send("add", 1, queue=queue))[0] for queue in ("fast", "slow")]
        await own.until_ended(*done)
        assert [(own.task(i).worker or "")[:4] for i in done] == ["fast", "slow"]
        with pytest.raises(FleetError, match="not clear which workers"):
            own.session.scale(3)
        own.session.scale(0, "fast")
        await own.until(lambda: set(own.workers) == {"slow1"})
        slow = own.session.supervisor._spares[own.name("slow1")]
        await own.until(lambda: slow._spare is not None)
        assert own.session.size_reason == "fast 1: the default; slow 1: the default"


async def test_one_worker_is_stopped_now_and_the_other_goes_on(server: Server) -> None:
    async with fleet(server.url, 2) as own:
        await own.start()
        first, second = await own.send_and_see_it_run("nap", 1, count=2)
        own.session.stop(own.name("worker1"), now=True)
        await own.until_phase(Phase.EXITED, "worker1")
        await own.until_ended(first, second)
        assert (own.task(first).state, own.task(second).state) == ("lost", "succeeded")
        assert "broken off" in (own.task(first).error or "")
        own.session.start(own.name("worker1"))
        await own.until_phase(Phase.READY, "worker1")


# --- Deaths ---


async def test_a_killed_worker_comes_back_and_what_it_held_is_settled(server: Server) -> None:
    """The task it ran failed, those it had not begun run again, an ETA comes back at once."""
    async with fleet(server.url) as own:
        await own.start()
        (later,) = await own.send("add", 1, countdown_s=4)
        (running,) = await own.send_and_see_it_run("nap", 60)
        await own.until(lambda: own.task(later).state == "received")
        os.kill(own.pid("worker1"), signal.SIGKILL)
        await own.until(lambda: own.task(running).state == "failed")
        assert "signal 9 (SIGKILL)" in (own.task(running).error or "")
        await own.until_ended(later)
        assert own.task(later).state == "succeeded"
        worker = own.workers["worker1"]
        assert (worker.run, worker.restarts) == (2, 1)
        assert own.totals.open == 0
        wait_until(lambda: server.unacked() == 0, 5, "the last acknowledgement")


async def test_a_loss_waits_for_a_broker_that_is_away(own_server: Server) -> None:
    async with fleet(own_server.url) as own:
        await own.start()
        (task_id,) = await own.send_and_see_it_run("stubborn_nap", 1)
        own_server.stop()
        os.kill(own.pid("worker1"), signal.SIGKILL)
        await own.until(lambda: any("waits to be settled" in text for text in own.said))
        assert own.task(task_id).state == "started"
        own_server.start()
        await own.until_ended(task_id)
        assert (own.task(task_id).state, own.task(task_id).runs) == ("succeeded", 2)
        wait_until(lambda: own_server.unacked() == 0, 5, "the last acknowledgement")


async def test_a_task_that_nobody_has_any_more_is_lost(server: Server) -> None:
    async with fleet(server.url) as own:
        await own.start()
        (task_id,) = await own.send("add", 1, queue="nobody-consumes-it")
        server.client.delete("nobody-consumes-it")
        await own.until_ended(task_id)
        assert own.task(task_id).state == "lost"
        assert "in no queue and with no worker" in (own.task(task_id).error or "")


async def test_a_task_that_somebody_else_ran_is_found(server: Server) -> None:
    elsewhere = python_with_celery("5.7.0")
    async with fleet(server.url) as own:
        await own.start()
        (task_id,) = await own.send("add", 1, queue="elsewhere")
        command = "-m celery -A tasky worker --pool=solo -n other@box -Q elsewhere".split()  # noqa: SIM905
        env = {**os.environ, "CELERY_BROKER_URL": server.url, "CELERY_RESULT_BACKEND": server.url}
        with subprocess.Popen(
            [elsewhere, *command], cwd=TASKY, env=env, stderr=subprocess.DEVNULL
        ) as other:
            try:
                await own.until_ended(task_id)
            finally:
                other.kill()
        assert own.task(task_id).state == "succeeded"
        assert own.task(task_id).result == "3"


async def test_what_did_not_go_out_is_taken_back(own_server: Server) -> None:
    async with fleet(own_server.url) as own:
        (first,) = await own.send("add", 1)
        own_server.stop()
        with pytest.raises(FleetError, match="was sent 0 of 2 times"):
            await own.send("add", 1, count=2)
        (unsent,) = (change for change in own.changes if isinstance(change, TasksUnsent))
        assert len(unsent.ids) == 2
        assert (own.totals.sent, own.task(first).state) == (1, "sent")


# --- The end of the block ---


async def test_leaving_kills_and_settles_what_still_runs(server: Server) -> None:
    async with fleet(server.url) as own:
        await own.start()
        (running,) = await own.send_and_see_it_run("late_nap", 60)
        (behind,) = await own.send("late_add", 1)
    assert own.workers["worker1"].exit == -signal.SIGKILL
    assert (own.task(running).state, own.task(behind).state) == ("sent", "sent")
    assert (server.unacked(), server.waiting()) == (0, 2)


async def test_an_error_in_the_block_comes_out_bare_and_leaves_nothing(server: Server) -> None:
    with pytest.raises(ZeroDivisionError):
        async with fleet(server.url, 2) as own:
            own.session.start()
            await own.until(lambda: own.workers["worker1"].pid)
            raise ZeroDivisionError
    assert own.session.all_gone()


async def test_leaving_with_the_broker_away_does_not_wait_for_it(own_server: Server) -> None:
    async with fleet(own_server.url, 2) as own:
        await own.start()
        ids = await own.send_and_see_it_run("nap", 60, count=2)
        own_server.stop()
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 15
    assert [own.task(task_id).state for task_id in ids] == ["lost", "lost"]
    assert "could not be settled" in (own.task(ids[0]).error or "")


async def test_leaving_with_a_broker_that_keeps_silent_does_not_wait_for_its_answer(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settlement, "LEAVE_S", 0.5)
    async with asyncio.timeout(calls.LONG_S / 2), fleet(own_server.url) as own:
        await own.start()
        (running,) = await own.send_and_see_it_run("late_nap", 60)
        own_server.freeze()
    own_server.thaw()
    assert own.task(running).state == "lost"
    assert "no answer had come when the project was closed" in (own.task(running).error or "")


async def test_a_bug_in_a_job_ends_the_session_and_leaves_nothing(server: Server) -> None:
    async def settle(loss: Loss) -> None:
        raise ZeroDivisionError(loss.worker)

    with pytest.raises(ZeroDivisionError):
        async with fleet(server.url, 2) as own:
            await own.start()
            own.session._settlement.settle = settle
            os.kill(own.pid("worker1"), signal.SIGKILL)
            await own.until(lambda: False)


async def test_a_cancelled_session_settles_before_it_goes(server: Server) -> None:
    async def work() -> None:
        async with fleet(server.url) as own:
            fleets.append(own)
            await own.start()
            await own.send_and_see_it_run("nap", 60)
            running.set()
            await own.until(lambda: False)

    fleets: list[Fleet] = []
    running = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        job = group.create_task(work())
        await running.wait()
        job.cancel()
    assert job.cancelled()
    assert fleets[0].totals.lost == 1
    assert server.unacked() == 0


# --- Opening ---


async def test_a_session_that_cannot_be_opened_lets_go_of_all(server: Server) -> None:
    opened = project(name="tasky-9")
    with pytest.raises(FleetError, match="template"):
        async with Session(opened, Wishes(name="%q"), lambda change: None, dict(os.environ)):
            pass
    async with fleet(server.url, name="tasky-9"):
        pass


async def test_a_project_that_is_open_already_is_refused(server: Server) -> None:
    async with fleet(server.url):
        with pytest.raises(FleetError, match="open"):
            async with fleet(server.url):
                pass


async def test_workers_of_an_earlier_crash_are_ended(server: Server) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as left:
        held = claim("tasky-1", lambda text: None)
        held.add("worker1", left.pid, psutil.Process(left.pid).create_time())
        held._owner = None
        held._write()
        assert held._lock is not None
        held._lock.close()
        async with fleet(server.url) as own:
            assert "1 processes of an earlier crash are ended" in own.said
        assert left.wait(5) == -signal.SIGKILL


async def test_others_on_the_broker_are_told_and_their_names_refused(server: Server) -> None:
    async with fleet(server.url) as theirs:
        await theirs.start()
        assert (await theirs.session.look_around()).foreign == ()
        async with fleet(server.url, name="tasky-2", workers=2) as own:
            with pytest.raises(FleetError, match="a worker named worker1@"):
                await own.session.look_around()
            own.session.scale(0)
            around = await own.session.look_around()
            assert around.foreign == (theirs.name("worker1"),)
            own.session.scale(1)
            assert set(own.workers) == {"worker2"}


async def test_a_broker_that_does_not_answer_is_told_before_anything_is_started() -> None:
    async with fleet(AWAY) as own:
        with pytest.raises(FleetError, match="ping failed"):
            await own.session.look_around()


async def test_a_broker_of_our_own_that_dies_takes_what_waits_in_it_along() -> None:
    async with fleet("builtin") as own:
        around = await own.session.look_around()
        assert around.broker.builtin
        (task_id,) = await own.send("add", 1)
        broker = own.session.builtin
        assert broker is not None
        os.kill(broker.child.pid, signal.SIGKILL)
        await own.until_ended(task_id)
        assert own.task(task_id).state == "lost"
        assert "all messages in it are lost" in (own.task(task_id).error or "")


# --- Debugging, sleeping ---


async def test_the_first_worker_alone_listens_for_a_debugger(server: Server) -> None:
    python = python_with("celery[redis]==5.7.0", "debugpy==1.8.17")
    port = free_port()
    async with fleet(server.url, 2, python=python, debug_port=port) as own:
        await own.start()
        assert [text for text in own.said if "debugpy" in text] == [
            f"debugpy listens on 127.0.0.1:{port}; attach your editor"
        ]
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        await writer.wait_closed()
        ids = await own.send("pid", count=6)
        await own.until_ended(*ids)
        assert own.totals.succeeded == 6


async def test_a_debugger_that_is_not_installed_is_named_with_the_command(server: Server) -> None:
    async with fleet(server.url, debug_port=free_port()) as own:
        own.session.start()
        await own.until_phase(Phase.FATAL)
        assert own.workers["worker1"].run == 1
        assert "debugpy is not installed" in own.workers["worker1"].evidence
        assert "pip install" in own.workers["worker1"].evidence


def test_a_laptop_that_sleeps_for_an_hour_finds_its_workers_at_work(server: Server) -> None:
    async def main(loop: MovedLoop) -> None:
        async with fleet(server.url, 3) as own:
            await own.start()
            pids = {own.pid(short) for short in own.workers}
            (stopping,) = await own.send_and_see_it_run("nap", 1.5)
            own.session.stop(own.task(stopping).worker)
            (busy,) = await own.send_and_see_it_run("nap", 1.5)
            await loop.sleep_machine(3600)
            assert any("slept for 360" in text for text in own.said)
            await own.until_ended(stopping, busy)
            assert own.totals.succeeded == 2
            await own.until(lambda: Phase.EXITED in {w.phase for w in own.workers.values()})
            assert {w.run for w in own.workers.values()} == {1}
            assert {w.exit for w in own.workers.values()} == {None, 0}
            left = {w.pid for w in own.workers.values() if w.alive}
            assert len(left) == 2 and left < pids

    run_moved(main)


async def test_who_waits_is_woken_to_ask_again(server: Server) -> None:
    async with fleet(server.url) as own, asyncio.TaskGroup() as group:
        answers = iter([False, False, True])
        waiting = group.create_task(own.session.until(lambda: next(answers)))
        for _ in range(2):
            await asyncio.sleep(0)
            own.session.wake()
        await waiting


async def test_a_known_error_in_a_log_is_told_once_for_each_worker(server: Server) -> None:
    async with fleet(server.url, 2) as own:
        await own.start()
        text = "Error 111 connecting to h:6379. Connection refused."
        await own.until_ended(*await own.send("boom", text, count=6))
        told = [change for change in own.changes if isinstance(change, Diagnosed)]
        assert {change.error.id for change in told} == {"refused"}
        names = [change.worker for change in told if change.times == 1]
        assert len(names) == len(set(names)) >= 1
        for change in told:
            assert text in own.session.supervisor.log(change.worker).text(change.line)
