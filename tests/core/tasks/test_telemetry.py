"""A line of telemetry becomes a fact, or is refused with its text."""

import json
import math
from typing import Any

import pytest

from core.tasks.facts import (
    BrokerBack,
    BrokerLost,
    Bye,
    Connecting,
    Fact,
    Failed,
    Hello,
    Importing,
    Note,
    Ready,
    Received,
    Rejected,
    Retried,
    Revoked,
    Settled,
    Started,
    StartFailed,
    Stopping,
    Succeeded,
    Unknown,
)
from core.tasks.telemetry import MAX_LINE, NotTelemetry, decode

TASK = {"t": 5.5, "id": "a1", "name": "shop.add"}

LINES: list[tuple[dict[str, Any], Fact]] = [
    (
        {
            "kind": "hello",
            "t": 1,
            "pid": 7,
            "python": "3.8.1",
            "celery": "5.2.7",
            "kombu": "5.2.4",
            "redis": None,
            "node": "worker1@HOST",
            "queues": ["celery", "mail"],
        },
        Hello(1.0, 7, "3.8.1", "5.2.7", "5.2.4", None, "worker1@HOST", ("celery", "mail")),
    ),
    ({"kind": "importing", "t": 1.5}, Importing(1.5)),
    (
        {
            "kind": "connecting",
            "t": 2.0,
            "tasks": 12,
            "queues": [],
            "broker": "redis://:***@h/0",
            "loop": "hub",
            "concurrency_asked": 8,
        },
        Connecting(2.0, 12, (), "redis://:***@h/0", "hub", 8),
    ),
    ({"kind": "ready", "t": 3.0}, Ready(3.0)),
    (
        TASK
        | {
            "kind": "received",
            "args": "(1, 2)",
            "kwargs": "{}",
            "queue": "celery",
            "eta": None,
            "expires": "2026-01-01T00:00:00",
            "retries": 2,
            "tag": "t-1",
            "redelivered": True,
            "headers": {"id": "a1", "lang": "py"},
            "embed": {"callbacks": None, "chain": [{"task": "x"}]},
            "acks_late": True,
        },
        Received(
            at=5.5,
            id="a1",
            name="shop.add",
            args="(1, 2)",
            kwargs="{}",
            queue="celery",
            eta=None,
            expires="2026-01-01T00:00:00",
            retries=2,
            tag="t-1",
            redelivered=True,
            headers={"id": "a1", "lang": "py"},
            embed={"callbacks": None, "chain": [{"task": "x"}]},
            acks_late=True,
        ),
    ),
    (TASK | {"kind": "started"}, Started(5.5, "a1", "shop.add")),
    (
        TASK
        | {"kind": "succeeded", "runtime": 0.25, "result": "3", "rss_before": 1, "rss_after": 2},
        Succeeded(5.5, "a1", "shop.add", 0.25, "3", 1, 2, ignored=False),
    ),
    (
        TASK | {"kind": "succeeded", "ignored": True},
        Succeeded(5.5, "a1", "shop.add", None, None, None, None, ignored=True),
    ),
    (
        TASK | {"kind": "failed", "runtime": 1, "exception": "ValueError('no')"},
        Failed(5.5, "a1", "shop.add", 1.0, "ValueError('no')", None, None),
    ),
    (
        TASK | {"kind": "retried", "exception": "Busy()", "eta": "2026-01-01T00:00:00"},
        Retried(5.5, "a1", "shop.add", "Busy()", "2026-01-01T00:00:00"),
    ),
    (
        TASK | {"kind": "revoked", "terminated": True, "expired": False},
        Revoked(5.5, "a1", "shop.add", terminated=True, expired=False),
    ),
    (TASK | {"kind": "rejected", "requeue": True}, Rejected(5.5, "a1", "shop.add", requeue=True)),
    ({"kind": "broker-lost", "t": 6.0, "error": "refused"}, BrokerLost(6.0, "refused")),
    ({"kind": "broker-back", "t": 7.0}, BrokerBack(7.0)),
    ({"kind": "stopping", "t": 8.0, "how": "asked"}, Stopping(8.0, "asked")),
    ({"kind": "bye", "t": 9.0}, Bye(9.0)),
    (
        {"kind": "error", "t": 1.0, "what": "a", "why": "b", "fix": "c"},
        StartFailed(1.0, "a", "b", "c", final=False),
    ),
    (
        {"kind": "error", "t": 1.0, "what": "a", "why": "b", "fix": "c", "final": True},
        StartFailed(1.0, "a", "b", "c", final=True),
    ),
    ({"kind": "note", "t": 1.0, "text": "breakpoint()"}, Note(1.0, "breakpoint()")),
    (
        TASK | {"kind": "settled", "state": "failed", "exception": "WorkerLostError()"},
        Settled(5.5, "a1", "shop.add", "failed", "WorkerLostError()"),
    ),
    ({"kind": "of a later version", "t": 1.0, "x": []}, Unknown(1.0, "of a later version")),
]


@pytest.mark.parametrize(("message", "fact"), LINES, ids=[str(m["kind"]) for m, _ in LINES])
def test_each_kind_of_line_becomes_its_fact(message: dict[str, Any], fact: Fact):
    assert decode(json.dumps(message).encode() + b"\r\n") == fact


@pytest.mark.parametrize(("message", "fact"), LINES, ids=[str(m["kind"]) for m, _ in LINES])
def test_a_field_that_is_not_known_is_let_through(message: dict[str, Any], fact: Fact):
    assert decode(json.dumps(message | {"new": [1, {}]}).encode()) == fact


def test_a_hello_without_queues_leaves_them_to_the_app():
    hello = decode(json.dumps(LINES[0][0] | {"queues": None}).encode())
    assert isinstance(hello, Hello)
    assert hello.queues is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "Expecting value"),
        (b"Traceback (most recent call last):", "Expecting value"),
        (b'"ready"', "not a JSON object"),
        (b'[{"kind": "ready"}]', "not a JSON object"),
        (b'{"kind": "ready", "t": 1} {"kind": "ready"}', "Extra data"),
        (b'{"t": 1}', "no kind"),
        (b'{"kind": 3, "t": 1}', "no kind"),
        (b'{"kind": "ready"}', "t is missing, not a number"),
        (b'{"kind": "ready", "t": "noon"}', "t is 'noon', not a number"),
        (b'{"kind": "ready", "t": NaN}', "t is nan, not a number"),
        (b'{"kind": "later", "t": null}', "t is None, not a number"),
        (b'{"kind": "started", "t": 1, "id": 7, "name": "a"}', "id is 7, not a text"),
        (b'{"kind": "ready", "t": 1, "\xff": 1}', "'utf-8' codec can't decode byte 0xff"),
        (b'{"kind": "ready", "t": ' + b"1" * 5000 + b"}", "Exceeds the limit"),
        (b'{"kind": ' + b"[" * 100_000, "recursion"),
    ],
)
def test_a_line_that_is_not_ours_is_refused_with_the_reason(line: bytes, why: str):
    with pytest.raises(NotTelemetry) as refused:
        decode(line)
    assert why in refused.value.why
    assert refused.value.text == line[:200].decode("utf-8", "replace")


def test_arguments_of_a_chain_may_be_no_numbers() -> None:
    message = next(message for message, fact in LINES if isinstance(fact, Received))
    line = json.dumps(message | {"embed": {"chain": [{"args": [math.nan, math.inf]}]}})
    received = decode(line.encode())
    assert isinstance(received, Received)
    assert "nan, inf" in repr(received.embed)


def test_a_line_longer_than_any_of_ours_is_refused_unread():
    with pytest.raises(NotTelemetry, match="longer than"):
        decode(b" " * (MAX_LINE + 1))
