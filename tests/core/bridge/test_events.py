"""A line of the event stream becomes what was heard, or is refused with its text."""

import json
from typing import Any

import pytest

from core.bridge.events import Deaf, Heard, Listening, Offline, Refused, WorkerEvent, decode
from core.tasks.facts import (
    Failed,
    Received,
    Rejected,
    Retried,
    Revoked,
    Started,
    Succeeded,
    TaskFact,
)
from core.tasks.telemetry import NotTelemetry
from core.workers.foreign import Beat, Digest, TaskNow, TaskThen

FROM = {"t": 5.5, "node": "w1@box", "pid": 7}
TASK = {**FROM, "id": "a1", "name": "shop.add"}


def told(what: Beat | Digest | Offline | TaskFact) -> WorkerEvent:
    return WorkerEvent("w1@box", 7, what)


LINES: list[tuple[dict[str, Any], Heard]] = [
    ({"kind": "ready", "t": 1.0, "python": "3.8.1"}, Listening("3.8.1")),
    ({"kind": "back", "t": 1.0, "python": "3.8.1"}, Listening("3.8.1")),
    ({"kind": "lost", "t": 1.0, "error": "refused"}, Deaf("refused")),
    (
        {"kind": "worker-online", **FROM, "active": 0, "processed": 0, "celery": "5.2.7"},
        told(Beat(5.5, "5.2.7", 0, 0)),
    ),
    (
        {"kind": "worker-heartbeat", **FROM, "active": 1, "processed": 12, "celery": "5.2.7"},
        told(Beat(5.5, "5.2.7", 1, 12)),
    ),
    ({"kind": "worker-heartbeat", **FROM}, told(Beat(5.5, None, None, None))),
    (
        {"kind": "worker-heartbeat", **FROM, "freq": 2.0},
        told(Beat(5.5, None, None, None, every_s=2.0)),
    ),
    (
        {
            **{"kind": "digest", **FROM, "received": 5, "started": 4, "succeeded": 1, "failed": 1},
            **{"retried": 1, "revoked": 0, "rejected": 0, "by_beat": 3, "unended": 0},
            **{"running": 1, "now": [{"id": "a4", "name": None, "t": 4.5}]},
            "last": [{"id": "a3", "name": "shop.add", "how": "failed", "t": 4.0, "runtime": None}],
        },
        told(
            Digest(
                received=5,
                started=4,
                succeeded=1,
                failed=1,
                retried=1,
                by_beat=3,
                running=1,
                now=(TaskNow("a4", "", 4.5),),
                last=(TaskThen("a3", "shop.add", 4.0, "failed", None),),
            )
        ),
    ),
    ({"kind": "worker-offline", **FROM, "active": 0, "processed": 3}, told(Offline(5.5))),
    (
        {
            **{"kind": "task-received", **TASK, "args": "(1,)", "kwargs": "{}", "retries": 1},
            **{"eta": "2026-01-01T00:00:00+00:00", "expires": "2026-01-02T00:00:00+00:00"},
        },
        told(
            Received(
                at=5.5,
                id="a1",
                name="shop.add",
                args="(1,)",
                kwargs="{}",
                queue=None,
                eta="2026-01-01T00:00:00+00:00",
                expires="2026-01-02T00:00:00+00:00",
                retries=1,
                tag=None,
                redelivered=False,
                headers={},
                embed={},
                acks_late=False,
            )
        ),
    ),
    ({"kind": "task-started", **TASK}, told(Started(5.5, "a1", "shop.add"))),
    ({"kind": "task-started", **TASK, "name": None}, told(Started(5.5, "a1", ""))),
    (
        {"kind": "task-succeeded", **TASK, "result": "3", "runtime": 0.5},
        told(Succeeded(5.5, "a1", "shop.add", 0.5, "3", None, None, ignored=False)),
    ),
    (
        {"kind": "task-failed", **TASK, "exception": "ValueError()"},
        told(Failed(5.5, "a1", "shop.add", None, "ValueError()", None, None)),
    ),
    (
        {"kind": "task-retried", **TASK, "exception": "ValueError()"},
        told(Retried(5.5, "a1", "shop.add", "ValueError()", None)),
    ),
    (
        {"kind": "task-revoked", **TASK, "terminated": False, "expired": True},
        told(Revoked(5.5, "a1", "shop.add", terminated=False, expired=True)),
    ),
    (
        {"kind": "task-rejected", **TASK, "requeue": True},
        told(Rejected(5.5, "a1", "shop.add", requeue=True)),
    ),
]


@pytest.mark.parametrize(("line", "heard"), LINES, ids=lambda value: str(value)[:40])
def test_a_line_becomes_what_was_heard(line: dict[str, Any], heard: Heard) -> None:
    assert decode(json.dumps(line).encode()) == heard


def test_a_refusal_keeps_its_three_parts() -> None:
    refused = decode(b'{"kind": "error", "t": 1, "what": "no app", "why": "typo", "fix": "-A"}')
    assert isinstance(refused, Refused)
    assert (refused.error.what, refused.error.why, refused.error.fix) == ("no app", "typo", "-A")


def test_what_an_old_message_does_not_tell_of_a_task_is_empty() -> None:
    received = decode(json.dumps({"kind": "task-received", **TASK}).encode())
    assert isinstance(received, WorkerEvent)
    assert isinstance(received.what, Received)
    assert (received.what.args, received.what.kwargs, received.what.retries) == ("", "", 0)


@pytest.mark.parametrize(
    "line",
    [
        b"no JSON",
        b'{"kind": "task-sent", "t": 1, "node": "w1@box", "pid": 7, "id": "a1"}',
        b'{"kind": "received", "t": 1, "node": "w1@box", "pid": 7, "id": "a1", "name": "x"}',
        b'{"t": 1}',
        b'{"kind": ["ready"], "t": 1}',
        b'{"kind": "worker-online", "t": 1, "pid": 7}',
        b'{"kind": "worker-online", "t": 1, "node": "w1@box", "pid": "7"}',
        b'{"kind": "worker-heartbeat", "t": 1, "node": "w1@box", "pid": 7, "processed": "many"}',
        b'{"kind": "task-started", "t": 1, "node": "w1@box", "pid": 7}',
        b'{"kind": "digest", "t": 1, "node": "w1@box", "pid": 7, "received": 1}',
    ],
)
def test_anything_else_is_refused_with_its_text(line: bytes) -> None:
    with pytest.raises(NotTelemetry) as refusal:
        decode(line)
    assert refusal.value.text == line.decode()
