"""The consumer and pool when they stop and when the broker goes, on every Celery."""

import socket
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, bridge, send, wait_for_control, worker
from tests.support.venvs import python_with_celery
from tests.support.waiting import wait_until


@pytest.fixture(autouse=True)
def empty(its_server: Server) -> None:
    its_server.client.flushall()


def test_an_idle_worker_stops_within_a_second_and_a_half(
    python: Path, loop: str | None, its_server: Server
) -> None:
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        running.say(kind="stop")
        assert running.end() == 0
        stopping, bye = running.wait("stopping"), running.records[-1]
        assert bye["kind"] == "bye"
        assert bye["t"] - stopping["t"] <= 1.5  # Celery's own loop looks up every 2 s


def test_a_stop_finishes_the_running_task_and_starts_no_other(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        first = send(its_calls, "tasky.late_nap", 1.0)
        running.wait("started", id=first)
        second = send(its_calls, "tasky.late_nap", 0.1)
        held = send(its_calls, "tasky.late_add", 1, countdown=60)
        running.say(kind="stop")
        assert running.end() == 0
        assert running.kinds(first)[-1] == "succeeded"
        assert "started" not in running.kinds(second) + running.kinds(held)
    assert (its_server.waiting(), its_server.unacked()) == (2, 0)


def test_control_shutdown_finishes_the_running_task(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        task_id = send(its_calls, "tasky.nap", 1.0)
        running.wait("started", id=task_id)
        wait_for_control(its_calls, "w1@box")
        its_calls.call("shutdown", nodes=["w1@box"])
        assert running.end() == 0
        assert running.kinds(task_id)[-1] == "succeeded"


def test_it_leaves_at_once_when_its_commands_end(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        running.wait("started", id=send(its_calls, "tasky.nap", 30))
        assert running.process.stdin is not None
        running.process.stdin.close()
        assert running.end(3) == 1


def test_a_lost_broker_is_told_and_nothing_stays_behind(
    python: Path, loop: str | None, own_server: Server
) -> None:
    with (
        bridge(python, own_server.url) as its_calls,
        worker(python, own_server.url, loop=loop) as running,
    ):
        running.wait("ready")
        busy = send(its_calls, "tasky.late_nap", 1.5)
        running.wait("started", id=busy)
        held = send(its_calls, "tasky.late_add", 1, countdown=4)
        wait_until(lambda: own_server.unacked() >= 1, 5, "the running message in unacked")
        own_server.stop()
        own_server.start()
        running.wait("succeeded", id=busy)
        running.wait("broker-lost")
        running.wait("broker-back")
        running.wait("succeeded", id=held)
        wait_until(lambda: own_server.unacked() == 0, 10, "an empty unacked")
        assert running.kinds(busy).count("started") == 1


def test_a_task_acknowledged_early_does_not_run_again_when_its_result_cannot_be_stored(
    own_server: Server,
) -> None:
    newest = python_with_celery("5.7.0")
    with bridge(newest, own_server.url) as calls, worker(newest, own_server.url) as running:
        running.wait("ready")
        task_id = send(calls, "tasky.nap", 1)
        running.wait("started", id=task_id)
        own_server.stop()
        assert "ConnectionError" in running.wait("failed", id=task_id)["exception"]
        own_server.start()
        running.wait("broker-back")
        running.wait("succeeded", id=send(calls, "tasky.add", 1))
        assert running.kinds(task_id).count("started") == 1
        wait_until(lambda: own_server.unacked() == own_server.waiting() == 0, 10, "no message")


def test_the_events_of_an_amqp_broker_are_glanced_at_and_not_waited_for(
    inside: Callable[[str], ModuleType],
) -> None:
    """Celery would wait there 0.1 s after each task."""
    consumer = inside("consumer")
    waits: list[float] = []
    connection = SimpleNamespace(drain_events=lambda timeout: waits.append(timeout))
    own = SimpleNamespace(event_dispatcher=SimpleNamespace(connection=connection))
    consumer.FleetConsumer._glance_at_events(own)
    connection.drain_events(timeout=0.1)
    with pytest.raises(socket.timeout):
        connection.drain_events(timeout=0.1)
    assert waits == [0.001]
    consumer.FleetConsumer._glance_at_events(SimpleNamespace(event_dispatcher=None))


@pytest.mark.parametrize(("cold", "heard"), [(False, "SIGTERM Warm 0"), (True, "SIGQUIT Cold 1")])
def test_the_app_hears_that_the_worker_shuts_down(
    python: Path, loop: str | None, its_server: Server, cold: bool, heard: str
) -> None:
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        running.say(kind="stop", cold=cold)
        assert running.end() == 0
    assert f"shuts down: {heard}" in running.log
    assert "process begins" in running.log
    assert "process ends" in running.log
