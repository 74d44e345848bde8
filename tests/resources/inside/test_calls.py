"""The bridge's operations on a real app and broker, on every Celery."""

import uuid
from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import PROJECTS, Bridge, Inside, Record, bridge, wait_for_control
from tests.support.waiting import wait_until

BROKEN = PROJECTS / "broken"


def test_many_sends_keep_their_ids(calls: Bridge, fleet_server: Server) -> None:
    fleet_server.empty("own")
    ids = [str(uuid.uuid4()) for _ in range(300)]
    answer = calls.call("send", task="tasky.add", ids=ids, args=[1], queue="own")
    assert answer["sent"] == 300
    found = calls.call("queues", names=["own", "celery"])
    assert found["queues"] == {"own": 300, "celery": 0}
    fleet_server.empty("own")


def test_an_app_that_sends_nothing_says_so(python: Path, its_server: Server) -> None:
    with bridge(python, its_server.url, app="eager", workdir=BROKEN) as own:
        own.wait("ready")
        answer = own.call("send", task="eager.add", ids=["a", "b"], args=[1])
    assert answer["sent"] == 0
    assert "task_always_eager" in answer["error"]


def test_a_task_that_sends_itself_once_is_not_said_to_be_sent_twice(
    python: Path, its_server: Server
) -> None:
    with bridge(python, its_server.url, app="single", workdir=BROKEN) as own:
        own.wait("ready")
        answer = own.call("send", task="single.add", ids=["a", "b"], args=[1])
    assert answer["sent"] == 1
    assert "while a has not ended" in answer["error"]
    assert its_server.waiting() == 1
    its_server.empty("celery")


@pytest.mark.parametrize(
    "what",
    [
        "registered",
        "active",
        "reserved",
        "scheduled",
        "stats",
        "conf",
        "revoked",
        "report",
        "clock",
    ],
)
def test_a_worker_is_inspected(what: str, fleet_worker: Inside, calls: Bridge) -> None:
    replies: Record = {}

    def answered() -> bool:
        call = {"what": what, "destination": ["w1@box"], "timeout_s": 1.0}
        replies.update(calls.call("inspect", **call)["replies"])
        return "w1@box" in replies

    wait_until(answered, 10, f"a reply to inspect {what}")


def test_a_task_is_asked_after_by_its_id(fleet_worker: Inside, calls: Bridge) -> None:
    task_id = str(uuid.uuid4())
    calls.call("send", task="tasky.nap", ids=[task_id], args=[1])
    fleet_worker.wait("started", id=task_id)
    wait_for_control(calls, "w1@box")
    asked = {"what": "query_task", "destination": ["w1@box"], "ids": [task_id, "other"]}
    [(state, info)] = calls.call("inspect", **asked)["replies"]["w1@box"].values()
    assert (state, info["name"]) == ("active", "tasky.nap")
    fleet_worker.wait("succeeded", id=task_id)


def test_ping_and_broker_tell_where_it_is(calls: Bridge, fleet_server: Server) -> None:
    assert calls.call("ping")["latency_s"] < 1
    assert str(fleet_server.port) in calls.call("broker")["url"]


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


def test_it_leaves_when_its_calls_end(python: Path, fleet_server: Server) -> None:
    with bridge(python, fleet_server.url) as calls:
        calls.wait("ready")
        assert calls.process.stdin is not None
        calls.process.stdin.close()
        assert calls.end(5) == 0
