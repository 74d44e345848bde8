"""What a dead worker held is answered as prefork's parent would, on every Celery."""

import os
import signal
import subprocess
import time
import uuid
from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import (
    PROJECTS,
    Bridge,
    Inside,
    Record,
    bridge,
    broker_variables,
    send,
    wait_for_control,
    worker,
)
from tests.support.waiting import wait_until

WHY = "Worker exited prematurely: signal 9 (SIGKILL)."


@pytest.fixture(autouse=True)
def empty(its_server: Server) -> None:
    its_server.client.flushall()


def held(running: Inside, task_id: str) -> Record:
    """What the ledger would know of a message that a worker holds."""
    received = next(
        r for r in running.records if r["kind"] == "received" and r.get("id") == task_id
    )
    return {
        **{key: received[key] for key in ("id", "name", "tag", "acks_late")},
        "headers": received.get("headers", {}),
        "embed": received.get("embed", {}),
        "running": "started" in running.kinds(task_id),
    }


def kill(running: Inside) -> float:
    running.process.kill()
    running.end()
    return time.time()


def settle(calls: Bridge, *messages: Record, ended_at: float, **how: object) -> list[Record]:
    call = {"node": "w1@box", "held": list(messages), "ended_at": ended_at, "why": WHY, **how}
    answer = calls.call("settle", **call)
    assert answer["kind"] == "answer", answer
    return answer["settled"]


def result_of(its_calls: Bridge, task_id: str) -> Record:
    return its_calls.call("results", ids=[task_id])["results"][task_id]


def killed_in(
    task: str, python: Path, loop: str | None, server: Server, its_calls: Bridge
) -> tuple[str, Record]:
    """Kill a worker while it runs `task` and settle that: its id, and what became of it."""
    with worker(python, server.url, loop=loop) as running:
        running.wait("ready")
        task_id = send(its_calls, task, 30)
        running.wait("started", id=task_id)
        ended_at = kill(running)
        [settled] = settle(its_calls, held(running, task_id), ended_at=ended_at)
    return task_id, settled


def test_an_early_task_that_died_fails_with_worker_lost(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    task_id, settled = killed_in("tasky.nap", python, loop, its_server, its_calls)
    assert settled["state"] == "failed"
    assert "WorkerLostError" in settled["exception"]
    assert WHY in settled["exception"]
    stored = result_of(its_calls, task_id)
    assert stored["state"] == "FAILURE"
    assert WHY in stored["result"]
    assert (its_server.waiting(), its_server.unacked()) == (0, 0)


def test_a_late_task_that_died_fails_and_is_acknowledged(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    _, settled = killed_in("tasky.late_nap", python, loop, its_server, its_calls)
    assert settled["state"] == "failed"
    assert (its_server.waiting(), its_server.unacked()) == (0, 0)


def test_a_task_that_rejects_on_worker_lost_goes_back(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    _, settled = killed_in("tasky.stubborn_nap", python, loop, its_server, its_calls)
    assert settled["state"] == "requeued"
    assert (its_server.waiting(), its_server.unacked()) == (1, 0)


def test_a_message_held_for_its_eta_goes_back_at_once(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        task_id = send(its_calls, "tasky.add", 1, countdown=60)
        running.wait("received", id=task_id)
        ended_at = kill(running)
        [settled] = settle(its_calls, held(running, task_id), ended_at=ended_at)
    assert settled["state"] == "requeued"
    assert (its_server.waiting(), its_server.unacked()) == (1, 0)


def test_a_result_that_was_stored_is_not_overwritten(
    python: Path, its_server: Server, its_calls: Bridge
) -> None:
    with worker(python, its_server.url) as running:
        running.wait("ready")
        task_id = send(its_calls, "tasky.late_add", 1, 2)
        running.wait("succeeded", id=task_id)
        ended_at = kill(running)
        [settled] = settle(its_calls, held(running, task_id), ended_at=ended_at)
    assert settled["state"] == "succeeded"
    assert result_of(its_calls, task_id)["state"] == "SUCCESS"


def test_a_message_that_another_worker_took_since_is_left_alone(
    python: Path, its_server: Server, its_calls: Bridge
) -> None:
    with worker(python, its_server.url) as running:
        running.wait("ready")
        task_id = send(its_calls, "tasky.add", 1, countdown=60)
        running.wait("received", id=task_id)
        message = held(running, task_id)
        settle(its_calls, message, ended_at=time.time() - 60)
        assert its_server.unacked() == 1


def test_an_errback_hears_of_the_loss(python: Path, its_server: Server, its_calls: Bridge) -> None:
    script = (
        "import tasky\n"
        "r = tasky.nap.apply_async((30,), link_error=tasky.note_failure.s())\n"
        "print(r.id)"
    )
    task_id = run_in_project(python, its_server.url, script)
    with worker(python, its_server.url) as running:
        running.wait("started", id=task_id)
        ended_at = kill(running)
    settle(its_calls, held(running, task_id), ended_at=ended_at)
    with worker(python, its_server.url) as second:
        second.wait("succeeded", name="tasky.note_failure", result=f"'noted {task_id}'")


def test_a_chord_with_a_dead_member_fails(
    python: Path, its_server: Server, its_calls: Bridge
) -> None:
    script = (
        "import tasky\n"
        "r = tasky.chord([tasky.nap.s(30)], tasky.total.s())()\n"
        "print(r.id, r.parent.results[0].id)"
    )
    body, member = run_in_project(python, its_server.url, script).split()
    with worker(python, its_server.url) as running:
        running.wait("started", id=member)
        ended_at = kill(running)
        [settled] = settle(its_calls, held(running, member), ended_at=ended_at)
    assert settled["state"] == "failed"
    stored = result_of(its_calls, body)
    assert stored["state"] == "FAILURE"
    assert "ChordError" in str(stored["result"]) or "ChordError" in str(stored["traceback"])


def test_orphans_go_back_and_what_is_claimed_stays(
    python: Path, its_server: Server, its_calls: Bridge
) -> None:
    begin = time.time() - 1
    with (
        worker(python, its_server.url) as dying,
        worker(python, its_server.url, node="w2@box") as living,
    ):
        dying.wait("ready")
        living.wait("ready")
        wait_for_control(its_calls, "w2@box")
        ids = [send(its_calls, "tasky.add", 1, countdown=60) for _ in range(4)]
        wait_until(lambda: its_server.unacked() == 4, 10, "four held messages")
        wait_until(
            lambda: sum(bool(w.kinds(i)) for w in (dying, living) for i in ids) == 4, 10, "records"
        )
        lost = {task_id for task_id in ids if dying.kinds(task_id)}
        os.kill(dying.process.pid, signal.SIGKILL)
        dying.end()
        answer = its_calls.call("orphans", taken_after=begin, taken_before=time.time(), known=[])
        assert set(answer["given_back"]) == lost
        wait_until(lambda: all(living.kinds(i) for i in ids), 10, "the others' messages")


def test_settling_nothing_asks_nothing(its_calls: Bridge) -> None:
    assert settle(its_calls, ended_at=time.time()) == []


def told(name: str = "tasky.nap", **more: object) -> Record:
    """What a worker had told of a task that ran when it went."""
    task_id = str(uuid.uuid4())
    return {
        "id": task_id,
        "name": name,
        "tag": str(uuid.uuid4()),
        "headers": {"task": name, "retries": 0, "root_id": task_id},
        "embed": {},
        "acks_late": False,
        "running": True,
        **more,
    }


def test_a_message_the_broker_no_longer_has_is_settled_from_what_was_told(
    python: Path, its_server: Server, its_calls: Bridge
) -> None:
    message = told()
    [settled] = settle(its_calls, message, ended_at=time.time())
    assert settled["state"] == "failed"
    assert result_of(its_calls, message["id"])["state"] == "FAILURE"


def test_a_limit_that_we_kept_for_the_worker_fails_its_task(
    python: Path, its_server: Server, its_calls: Bridge
) -> None:
    message = told()
    [settled] = settle(its_calls, message, ended_at=time.time(), manner="limit", limit_s=3.0)
    assert (settled["state"], settled["exception"]) == ("failed", "TimeLimitExceeded(3.0)")
    assert result_of(its_calls, message["id"])["state"] == "FAILURE"


def test_a_task_that_a_stop_broke_off_is_left_as_prefork_leaves_it(
    python: Path, its_server: Server, its_calls: Bridge
) -> None:
    """From 5.5 on it stays in RETRY, though nobody runs it again; before it stays as it was."""
    message = told()
    [settled] = settle(its_calls, message, ended_at=time.time(), manner="cold")
    assert settled["state"] == "lost"
    assert "broken off" in settled["exception"]
    states = its_calls.call("results", ids=[message["id"]])["results"]
    assert states.get(message["id"], {}).get("state") in ("RETRY", None)


def test_a_failure_that_the_app_cannot_store_is_one_all_the_same(
    python: Path, loop: str | None, its_server: Server
) -> None:
    where = {"app": "tableless", "workdir": PROJECTS / "tableless"}
    with (
        bridge(python, its_server.url, **where) as its_calls,
        worker(python, its_server.url, loop=loop, **where) as running,
    ):
        running.wait("ready")
        task_id = send(its_calls, "tableless.nap", 30)
        running.wait("started", id=task_id)
        ended_at = kill(running)
        [settled] = settle(its_calls, held(running, task_id), ended_at=ended_at)
    assert settled["state"] == "failed"
    assert "WorkerLostError" in settled["exception"]
    assert "no such table" in settled["exception"]
    assert not its_server.client.exists("unacked", "celery")


def run_in_project(python: Path, url: str, script: str) -> str:
    """Run a line of a user's own client code; what it printed."""
    done = subprocess.run(
        [str(python), "-c", script],
        cwd=PROJECTS / "tasky",
        env={**os.environ, **broker_variables(url)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
