"""The end of a process because of its task."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, Inside, send, wait_for_control, worker
from tests.support.waiting import wait_until


@pytest.fixture
def running(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> Iterator[Inside]:
    """A worker that answers remote control, on a broker with nothing in it."""
    its_server.client.flushall()
    with worker(python, its_server.url, loop=loop) as started:
        started.wait("ready")
        wait_for_control(its_calls, "w1@box")
        yield started


def test_a_hard_time_limit_fails_the_task_and_replaces_the_worker(
    running: Inside, its_server: Server, its_calls: Bridge
) -> None:
    task_id = send(its_calls, "tasky.tidy", 30, time_limit=0.5)
    assert running.wait("started", id=task_id)["limit"] == 0.5
    assert running.end() == 0
    failed = running.wait("failed", id=task_id)
    assert failed["exception"] == "TimeLimitExceeded(0.5)"
    assert 0.5 <= failed["runtime"] < 2
    stopping = running.wait("stopping")
    assert (stopping["replace"], stopping["how"]) == (
        True,
        "time limit of 0.5 s exceeded by tasky.tidy",
    )
    assert "Hard time limit (0.5s) exceeded for tasky.tidy" in running.log
    assert "tidied up" in running.log
    result = its_calls.call("results", ids=[task_id])["results"][task_id]
    assert (result["state"], its_server.unacked()) == ("FAILURE", 0)


def test_a_task_that_does_not_give_in_goes_with_its_process(
    running: Inside, its_server: Server, its_calls: Bridge
) -> None:
    task_id = send(its_calls, "tasky.stubborn", 30, time_limit=0.3)
    assert running.end() == 0
    assert running.kinds(task_id)[-1] == "failed"
    assert its_server.unacked() == 0


def test_a_running_task_is_terminated_from_any_client(
    running: Inside, its_server: Server, its_calls: Bridge
) -> None:
    task_id = send(its_calls, "tasky.tidy", 30)
    wait_until(lambda: "at work" in running.log, 10, "the task's own code")
    its_calls.call("revoke", ids=[task_id], terminate=True)
    assert running.end() == 0
    revoked = running.wait("revoked", id=task_id)
    assert (revoked["terminated"], running.wait("stopping")["replace"]) == (True, True)
    assert "tidied up" in running.log
    result = its_calls.call("results", ids=[task_id])["results"][task_id]
    assert (result["state"], its_server.unacked()) == ("REVOKED", 0)


def test_sigkill_leaves_a_terminated_task_no_time_to_tidy_up(
    running: Inside, its_server: Server, its_calls: Bridge
) -> None:
    task_id = send(its_calls, "tasky.tidy", 30)
    running.wait("started", id=task_id)
    its_calls.call("revoke", ids=[task_id], terminate=True, signal="SIGKILL")
    assert running.end() == 0
    assert running.kinds(task_id)[-1] == "revoked"
    assert "tidied up" not in running.log


def test_a_terminate_that_comes_too_late_harms_nobody(
    running: Inside, its_server: Server, its_calls: Bridge
) -> None:
    before, after = send(its_calls, "tasky.add", 1), send(its_calls, "tasky.nap", 1.0)
    running.wait("started", id=after)
    its_calls.call("revoke", ids=[before], terminate=True)
    running.wait("succeeded", id=after)
    running.say(kind="stop")
    assert running.end() == 0
    assert running.kinds(before)[-1] == "succeeded"


def test_a_cold_stop_breaks_the_task_off_and_leaves_its_message(
    running: Inside, its_server: Server, its_calls: Bridge
) -> None:
    task_id = send(its_calls, "tasky.late_nap", 30)
    running.wait("started", id=task_id)
    began = time.monotonic()
    running.say(kind="stop", cold=True)
    assert running.end() == 0
    assert time.monotonic() - began < 4
    assert running.kinds(task_id)[-1] == "started"
    assert not running.wait("stopping")["replace"]
    assert its_server.unacked() == 1
