"""A line of telemetry becomes a fact, or is refused with its text.

This is the border: past it, every field has its type. Kinds and fields we do not know are let
through (`Unknown`, or ignored), so that a newer launcher can be read; anything else that is not
exactly ours is `NotTelemetry`. NaN is no number for a field of ours, but may stand among arguments
of tasks in `embed`, since kombu sends it. Long texts are cut to `MAX_TEXT` characters; task ids and
names never, because they are compared.
"""

import json
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from core.tasks import fields
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
    Revoking,
    Settled,
    Started,
    StartFailed,
    Stopping,
    Succeeded,
    Unknown,
)
from core.tasks.fields import MAX_TEXT, Message

MAX_LINE: Final = 16 * 2**20
"""Bytes. A chain's embed may hold megabytes of arguments; above this it is no telemetry."""


class NotTelemetry(Exception):
    """The line is not ours. `text` is its beginning, `why` what is wrong with it."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"{why}: {text}")
        self.text = text
        self.why = why


_T = TypeVar("_T")


def decode(line: bytes) -> Fact:
    """Read one line, with or without its line end. Raises `NotTelemetry`."""
    return read(line, fact)


def read(line: bytes, make: Callable[[Message], _T]) -> _T:
    """Make something of one line. Raises `NotTelemetry`, also for the ValueError of `make`."""
    if len(line) > MAX_LINE:
        raise _refusal(line, f"longer than {MAX_LINE} bytes")
    try:
        message: object = json.loads(line.decode("utf-8"))
        if not isinstance(message, dict):
            raise _refusal(line, "not a JSON object")
        return make(message)  # pyright: ignore[reportUnknownArgumentType]  # JSON border
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, a field of another type
        raise _refusal(line, str(error)) from None


def _refusal(line: bytes, why: str) -> NotTelemetry:
    return NotTelemetry(line[:200].decode("utf-8", "replace").rstrip("\r\n"), why)


def fact(message: Message) -> Fact:
    """The fact that a message tells. Raises ValueError with what is wrong in it."""
    kind = message.get("kind")
    if not isinstance(kind, str):
        raise ValueError("no kind")
    reader = _READERS.get(kind)
    if reader is None:
        return Unknown(fields.number(message, "t"), kind[:MAX_TEXT])
    return reader(message)


def _started(m: Message) -> Fact:
    return Started(
        fields.number(m, "t"),
        fields.whole(m, "id"),
        fields.name(m, "name"),
        fields.number_or_none(m, "limit"),
    )


def _succeeded(m: Message) -> Fact:
    return Succeeded(
        at=fields.number(m, "t"),
        id=fields.whole(m, "id"),
        name=fields.name(m, "name"),
        runtime_s=fields.number_or_none(m, "runtime"),
        result=fields.text_or_none(m, "result"),
        rss_before=fields.integer_or_none(m, "rss_before"),
        rss_after=fields.integer_or_none(m, "rss_after"),
        ignored=fields.flag(m, "ignored"),
    )


def _failed(m: Message) -> Fact:
    return Failed(
        at=fields.number(m, "t"),
        id=fields.whole(m, "id"),
        name=fields.name(m, "name"),
        runtime_s=fields.number_or_none(m, "runtime"),
        exception=fields.text(m, "exception"),
        rss_before=fields.integer_or_none(m, "rss_before"),
        rss_after=fields.integer_or_none(m, "rss_after"),
    )


def _received(m: Message) -> Fact:
    return Received(
        at=fields.number(m, "t"),
        id=fields.whole(m, "id"),
        name=fields.name(m, "name"),
        args=fields.text(m, "args"),
        kwargs=fields.text(m, "kwargs"),
        queue=fields.text_or_none(m, "queue"),
        eta=fields.text_or_none(m, "eta"),
        expires=fields.text_or_none(m, "expires"),
        retries=fields.integer(m, "retries"),
        tag=fields.tag(m, "tag"),
        redelivered=fields.flag(m, "redelivered"),
        headers=fields.mapping(m, "headers"),
        embed=fields.mapping(m, "embed"),
        acks_late=fields.flag(m, "acks_late"),
        body=fields.mapping(m, "body") or None,
    )


def _retried(m: Message) -> Fact:
    return Retried(
        at=fields.number(m, "t"),
        id=fields.whole(m, "id"),
        name=fields.name(m, "name"),
        exception=fields.text(m, "exception"),
        eta=fields.moment(m, "eta"),
    )


def _revoked(m: Message) -> Fact:
    return Revoked(
        at=fields.number(m, "t"),
        id=fields.whole(m, "id"),
        name=fields.name(m, "name"),
        terminated=fields.flag(m, "terminated"),
        expired=fields.flag(m, "expired"),
    )


def _rejected(m: Message) -> Fact:
    return Rejected(
        fields.number(m, "t"),
        fields.whole(m, "id"),
        fields.name(m, "name"),
        fields.flag(m, "requeue"),
    )


def _settled(m: Message) -> Fact:
    return Settled(
        at=fields.number(m, "t"),
        id=fields.whole(m, "id"),
        name=fields.name(m, "name"),
        state=fields.settlement(m, "state"),
        exception=fields.text_or_none(m, "exception"),
    )


def _hello(m: Message) -> Fact:
    return Hello(
        at=fields.number(m, "t"),
        pid=fields.integer(m, "pid"),
        python=fields.text(m, "python"),
        celery=fields.text_or_none(m, "celery"),
        kombu=fields.text_or_none(m, "kombu"),
        redis=fields.text_or_none(m, "redis"),
        node=fields.text(m, "node"),
        queues=None if m.get("queues") is None else fields.texts(m, "queues"),
    )


def _connecting(m: Message) -> Fact:
    return Connecting(
        at=fields.number(m, "t"),
        tasks=fields.integer(m, "tasks"),
        queues=fields.texts(m, "queues"),
        broker=fields.text(m, "broker"),
        loop=fields.text(m, "loop"),
        concurrency_asked=fields.integer_or_none(m, "concurrency_asked"),
        pool_asked=fields.text_or_none(m, "pool_asked"),
        soft_shutdown_s=fields.number_or_none(m, "soft_shutdown") or 0.0,
    )


def _start_failed(m: Message) -> Fact:
    return StartFailed(
        at=fields.number(m, "t"),
        what=fields.text(m, "what"),
        why=fields.text(m, "why"),
        fix=fields.text(m, "fix"),
        final=fields.flag(m, "final"),
    )


_READERS: Final[Mapping[str, Callable[[Message], Fact]]] = {
    "hello": _hello,
    "importing": lambda m: Importing(fields.number(m, "t")),
    "connecting": _connecting,
    "ready": lambda m: Ready(fields.number(m, "t")),
    "received": _received,
    "started": _started,
    "succeeded": _succeeded,
    "failed": _failed,
    "retried": _retried,
    "revoked": _revoked,
    "rejected": _rejected,
    "broker-lost": lambda m: BrokerLost(fields.number(m, "t"), fields.text(m, "error")),
    "broker-back": lambda m: BrokerBack(fields.number(m, "t")),
    "stopping": lambda m: Stopping(
        fields.number(m, "t"), fields.text(m, "how"), fields.flag(m, "replace")
    ),
    "revoking": lambda m: Revoking(
        fields.number(m, "t"), fields.texts(m, "ids"), fields.lists(m, "stamps")
    ),
    "bye": lambda m: Bye(fields.number(m, "t")),
    "error": _start_failed,
    "note": lambda m: Note(fields.number(m, "t"), fields.text(m, "text")),
    "settled": _settled,
}
