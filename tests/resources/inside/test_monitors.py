"""Flower and its like hear of each task at once, and that a busy worker is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.broker import Server
from tests.support.inside import (
    PROJECTS,
    Bridge,
    Inside,
    bridge,
    send,
    start_message,
    wait_for_control,
    worker,
)


@pytest.fixture
def ear(python: Path, its_server: Server) -> Iterator[Inside]:
    """Celery's events, heard as a monitor hears them, on a broker with nothing in it."""
    its_server.client.flushall()
    start = start_message(its_server.url, "tasky", PROJECTS / "tasky")
    listening = Inside(python, "events.py", start, PROJECTS / "tasky")
    listening.wait("ready")
    yield listening
    listening.close()


@contextmanager
def watched(
    python: Path, server: Server, calls: Bridge, loop: str | None, **start: Any
) -> Iterator[Inside]:
    """A worker whose task events were asked for by remote control, as Flower does it."""
    with worker(python, server.url, loop=loop, **start) as running:
        running.wait("ready")
        wait_for_control(calls, "w1@box")
        assert calls.call("enable_events", timeout_s=1.0)["nodes"] == ["w1@box"]
        yield running


def test_a_running_task_is_told_before_it_ends(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, ear: Inside
) -> None:
    with watched(python, its_server, its_calls, loop) as running:
        task_id = send(its_calls, "tasky.nap", 3.0)
        for kind in ("task-received", "task-started"):
            ear.wait(kind, id=task_id)
        assert "succeeded" not in running.kinds(task_id)


def test_a_busy_worker_goes_on_beating(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, ear: Inside
) -> None:
    with watched(python, its_server, its_calls, loop) as running:
        task_id = send(its_calls, "tasky.nap", 6.0)
        began = running.wait("started", id=task_id)["t"]
        ear.wait_for(
            lambda r: r["kind"] == "worker-heartbeat" and began + 2 < r["t"] and r["active"] == 1,
            "a heartbeat during the task",
        )
        assert "succeeded" not in running.kinds(task_id)


def test_no_event_of_the_last_task_is_lost_when_the_worker_stops(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, ear: Inside
) -> None:
    with watched(python, its_server, its_calls, loop) as running:
        task_id = send(its_calls, "tasky.nap", 0.5)
        running.wait("started", id=task_id)
        running.say(kind="stop")
        assert running.end() == 0
    ear.wait("task-succeeded", id=task_id)


def test_a_task_that_takes_its_process_along_is_told_as_failed(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, ear: Inside
) -> None:
    with watched(python, its_server, its_calls, loop) as running:
        task_id = send(its_calls, "tasky.stubborn", 30, time_limit=0.3)
        assert running.end() == 0
    ear.wait("task-failed", id=task_id)


def test_a_worker_that_is_told_to_sends_events_from_its_first_task_on(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, ear: Inside
) -> None:
    task_id = send(its_calls, "tasky.add", 1)
    with worker(python, its_server.url, loop=loop, events=True) as running:
        running.wait("succeeded", id=task_id)
        ear.wait("task-succeeded", id=task_id)
    heard = [record["kind"] for record in ear.records if record.get("id") == task_id]
    assert heard == ["task-received", "task-started", "task-succeeded"]


def test_without_a_monitor_no_task_event_is_sent(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, ear: Inside
) -> None:
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("succeeded", id=send(its_calls, "tasky.add", 1))
        running.say(kind="stop")
        assert running.end() == 0
    ear.wait("worker-offline")
    assert [r for r in ear.records if r["kind"].startswith("task-")] == []


def test_a_heartbeat_that_is_due_does_not_hide_that_the_broker_is_lost(
    python: Path, loop: str | None, own_server: Server
) -> None:
    with (
        bridge(python, own_server.url) as calls,
        worker(python, own_server.url, loop=loop) as running,
    ):
        running.wait("ready")
        task_id = send(calls, "tasky.untold", 3.0)
        running.wait("started", id=task_id)
        own_server.stop()
        running.wait("broker-lost")
        own_server.start()
        running.wait("broker-back")
        running.say(kind="stop")
        assert running.end() == 0
