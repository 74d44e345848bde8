"""What there is in the queues of a real server, on every Celery."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import PROJECTS, Bridge, Inside, Record, bridge, send, worker

WHERE = {"app": "prefixed", "workdir": PROJECTS / "prefixed"}


@pytest.fixture(autouse=True)
def empty(its_server: Server) -> None:
    its_server.client.flushall()


@pytest.fixture
def running(python: Path, its_server: Server) -> Iterator[Inside]:
    with worker(python, its_server.url) as started:
        started.wait("ready")
        yield started


def found(calls: Bridge, name: str, *names: str) -> Record:
    queues = calls.call("survey", names=list(names))["queues"]
    return next(queue for queue in queues if queue["name"] == name)


def test_each_priority_is_counted(its_calls: Bridge) -> None:
    for priority in (0, 3, 5, 6, 9):
        send(its_calls, "tasky.add", 1, priority=priority, queue="own")
    queue = found(its_calls, "own")
    assert queue["priorities"] == [[0, 1], [3, 2], [6, 1], [9, 1]]
    assert (queue["waiting"], queue["bound"]) == (5, True)


def test_what_is_out_is_told_by_queue_with_its_age(running: Inside, its_calls: Bridge) -> None:
    held = send(its_calls, "tasky.add", 1, countdown=60)
    running.wait("received", id=held)
    send(its_calls, "tasky.add", 1, queue="own")
    queue, other = found(its_calls, "celery"), found(its_calls, "own")
    assert (queue["unacked"], queue["waiting"], queue["declared"]) == (1, 0, True)
    assert 0 <= queue["oldest_unacked_s"] < 20
    assert (other["unacked"], other["oldest_unacked_s"], other["waiting"]) == (0, None, 1)
    told = its_calls.call("survey")
    assert told["unacked"] == 1
    assert told["oldest_unacked_s"] >= 0


def test_remote_control_and_events_are_no_queues(running: Inside, its_calls: Bridge) -> None:
    assert its_calls.call("inspect", what="ping", timeout_s=0.2)["kind"] == "answer"
    names = {queue["name"] for queue in its_calls.call("survey")["queues"]}
    assert names - {"own"} == {"celery"}  # a bridge that sent to "own" has declared it


def test_keys_are_read_under_their_prefix(python: Path, its_server: Server) -> None:
    with bridge(python, its_server.url, **WHERE) as calls:
        send(calls, "prefixed.nap", 0.1, priority=9)
        send(calls, "prefixed.nap", 0.1, queue="own")
        assert found(calls, "celery")["priorities"] == [[0, 0], [3, 0], [6, 0], [9, 1]]
        assert found(calls, "own")["bound"]
        assert calls.call("peek", queue="own")["names"] == [["prefixed.nap", 1]]


def test_names_that_are_no_lists_count_nothing(its_calls: Bridge, its_server: Server) -> None:
    its_server.client.set("own", "a text")
    assert found(its_calls, "own", "own")["waiting"] == 0


def test_a_look_at_the_messages_tells_their_tasks(its_calls: Bridge, its_server: Server) -> None:
    send(its_calls, "tasky.add", 1, queue="own")
    for _ in range(2):
        send(its_calls, "tasky.nap", 1, queue="own", priority=6)
    first = {"task": "old.style", "id": "a", "args": [], "kwargs": {}}
    body = base64.b64encode(json.dumps(first).encode()).decode()
    properties = {"body_encoding": "base64"}
    message = {"body": body, "content-type": "application/json", "properties": properties}
    its_server.client.lpush("own", json.dumps(message), b"\xff no message")
    told = its_calls.call("peek", queue="own")
    assert told["priorities"] == [[0, 3], [3, 0], [6, 2], [9, 0]]
    assert sorted(told["names"], key=str) == sorted(
        [["tasky.nap", 2], ["tasky.add", 1], ["old.style", 1], [None, 1]], key=str
    )
    assert told["looked_into"] == 5
    assert sum(map(len, its_server.messages("own").values())) == 5


def test_another_transport_tells_what_waits_and_no_more(python: Path, tmp_path: Path) -> None:
    url = "filesystem://"
    with bridge(python, "", app="foldered", workdir=PROJECTS / "foldered") as calls:
        calls.wait("ready")
        send(calls, "foldered.add", 1)
        told = calls.call("survey", names=["own"])
        assert {queue["name"]: queue["waiting"] for queue in told["queues"]} == {
            "celery": 1,
            "own": 0,
        }
        assert {queue["priorities"] for queue in told["queues"]} == {None}
        assert told["unacked"] is None
        assert calls.call("peek", queue="celery")["priorities"] is None
        assert url in calls.call("broker")["url"]
        refused = calls.call("purge", queue="celery", file=str(tmp_path / "f"), project="p")
        assert "only Redis gives them byte for byte" in refused["why"]
        assert not (tmp_path / "f").exists()
        assert found(calls, "celery")["waiting"] == 1
