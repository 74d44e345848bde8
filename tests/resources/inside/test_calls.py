"""The bridge's operations on a real app and broker, on every Celery."""

import uuid
from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, Inside, Record, bridge, send
from tests.support.waiting import wait_until


def described(calls: Bridge, name: str) -> Record:
    return next(t for t in calls.call("describe")["tasks"] if t["name"] == name)


def test_a_task_is_described_with_signature_and_docstring(calls: Bridge) -> None:
    add = described(calls, "tasky.add")
    assert add["doc"] == "Add two numbers."
    assert add["params"] == [
        {"name": "x", "kind": "positional_or_keyword"},
        {"name": "y", "kind": "positional_or_keyword", "default": "2"},
    ]
    assert add["queue"] == "celery"


def test_a_bound_task_is_described_without_self(calls: Bridge) -> None:
    again = described(calls, "tasky.again")
    assert [param["name"] for param in again["params"]] == ["countdown"]
    assert again["options"]["max_retries"] == 2


def test_the_probe_is_among_the_tasks_and_celerys_own_are_not(calls: Bridge) -> None:
    names = [task["name"] for task in calls.call("describe")["tasks"]]
    assert "solofleet.probe" in names
    assert not any(name.startswith("celery.") for name in names)


def test_many_sends_keep_their_ids(calls: Bridge, its_server: Server) -> None:
    its_server.client.flushall()
    ids = [str(uuid.uuid4()) for _ in range(300)]
    answer = calls.call("send", task="tasky.add", ids=ids, args=[1], queue="own")
    assert answer["sent"] == 300
    found = calls.call("queues", names=["own", "celery"])
    assert found["queues"] == {"own": 300, "celery": 0}
    assert (found["unacked"], found["oldest_unacked_s"]) == (0, None)
    assert calls.call("purge", queue="own")["purged"] == 300


def test_priorities_count_as_one_queue(calls: Bridge, its_server: Server) -> None:
    its_server.client.flushall()
    for priority in (0, 3, 9):
        send(calls, "tasky.add", 1, priority=priority, queue="own")
    assert calls.call("queues", names=["own"])["queues"] == {"own": 3}


def test_a_waiting_message_is_found_and_a_purged_one_is_missing(
    calls: Bridge, its_server: Server
) -> None:
    its_server.client.flushall()
    task_id = send(calls, "tasky.add", 1, queue="own")
    where = calls.call("whereabouts", ids=[task_id])
    assert (where["waiting"], where["missing"]) == ([task_id], [])
    calls.call("purge", queue="own")
    assert calls.call("whereabouts", ids=[task_id])["missing"] == [task_id]


def test_a_held_and_an_ended_message_are_found(fleet_worker: Inside, calls: Bridge) -> None:
    held = send(calls, "tasky.add", 1, countdown=30)
    ended = send(calls, "tasky.add", 1)
    fleet_worker.wait("received", id=held)
    fleet_worker.wait("succeeded", id=ended)
    where = calls.call("whereabouts", ids=[held, ended])
    assert where["out"] == [held]
    assert where["ended"][ended]["state"] == "SUCCESS"
    calls.call("revoke", ids=[held])


def test_results_tell_state_and_traceback(fleet_worker: Inside, calls: Bridge) -> None:
    task_id = send(calls, "tasky.boom", "no address")
    fleet_worker.wait("failed", id=task_id)
    result = calls.call("results", ids=[task_id, "unknown"])["results"]
    assert list(result) == [task_id]
    assert result[task_id]["state"] == "FAILURE"
    assert "no address" in result[task_id]["result"]
    assert "Traceback" in result[task_id]["traceback"]


@pytest.mark.parametrize("what", ["registered", "active", "reserved", "scheduled", "stats", "conf"])
def test_a_worker_is_inspected(what: str, fleet_worker: Inside, calls: Bridge) -> None:
    replies: Record = {}

    def answered() -> bool:
        call = {"what": what, "destination": ["w1@box"], "timeout_s": 1.0}
        replies.update(calls.call("inspect", **call)["replies"])
        return "w1@box" in replies

    wait_until(answered, 10, f"a reply to inspect {what}")


def test_ping_and_broker_tell_where_it_is(calls: Bridge, its_server: Server) -> None:
    assert calls.call("ping")["latency_s"] < 1
    assert str(its_server.port) in calls.call("broker")["url"]


def test_a_wrong_operation_is_an_answer_and_not_the_end(calls: Bridge) -> None:
    answer = calls.call("inspect", what="everything")
    assert answer["kind"] == "error"
    assert "everything" in answer["why"]
    assert calls.call("broker")["kind"] == "answer"


def test_a_dead_broker_is_told_in_three_parts(python: Path) -> None:
    with bridge(python, "redis://127.0.0.1:1/0") as calls:
        answer = calls.call("ping")
        assert answer["kind"] == "error"
        assert answer["what"] and answer["why"] and answer["fix"]


def test_it_leaves_when_its_calls_end(python: Path, its_server: Server) -> None:
    with bridge(python, its_server.url) as calls:
        calls.wait("ready")
        assert calls.process.stdin is not None
        calls.process.stdin.close()
        assert calls.end(5) == 0
