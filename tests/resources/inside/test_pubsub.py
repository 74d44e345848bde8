"""Bytes from Redis become messages, wherever they are cut."""

import json
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

Load = Callable[[str], ModuleType]


def pushed(payload: bytes, head: bytes = b"*4") -> bytes:
    """A message of the pattern, as Redis sends it."""
    parts = (b"pmessage", b"/0.celeryev/*", b"/0.celeryev/task.started", payload)
    return head + b"\r\n" + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)


SUBSCRIBED = b"*3\r\n$10\r\npsubscribe\r\n$13\r\n/0.celeryev/*\r\n:1\r\n"
PONG = b"*2\r\n$4\r\npong\r\n$0\r\n\r\n"


@pytest.fixture
def pubsub(inside: Load) -> ModuleType:
    return inside("pubsub")


@pytest.fixture
def wire(pubsub: ModuleType) -> Iterator[tuple[Any, socket.socket]]:
    """A subscription, and the server's end of its socket."""
    ours, theirs = socket.socketpair()
    connection = SimpleNamespace(
        _sock=ours,
        send_command=lambda *words, check_health: ours.sendall(" ".join(words).encode()),
        disconnect=ours.close,
    )
    channel = SimpleNamespace(Message=lambda envelope, **_: SimpleNamespace(decode=lambda: "slow"))
    receiver = SimpleNamespace(channel=channel, accept={"json"})
    subscription = pubsub.Subscription(connection, "/0.celeryev/*", receiver)
    yield subscription, theirs
    subscription.close()
    theirs.close()


def test_answers_to_our_own_commands_are_passed_over(pubsub: ModuleType) -> None:
    data = SUBSCRIBED + pushed(b"one") + PONG + b"+PONG\r\n" + pushed(b"two", b">4")
    assert pubsub.split(data) == ([b"one", b"two"], b"")


def test_a_message_is_whole_wherever_its_bytes_are_cut(pubsub: ModuleType) -> None:
    data = SUBSCRIBED + pushed(b'{"a": "\r\n$3"}') + pushed(b"two")
    for cut in range(len(data)):
        first, rest = pubsub.split(data[:cut])
        second, nothing = pubsub.split(rest + data[cut:])
        assert (first + second, nothing) == ([b'{"a": "\r\n$3"}', b"two"], b"")


def test_a_refusal_of_redis_is_an_error(pubsub: ModuleType) -> None:
    with pytest.raises(OSError, match="NOPERM"):
        pubsub.split(b"-NOPERM this user has no permissions\r\n")


def test_it_subscribes_and_waits_for_the_answer(wire: tuple[Any, socket.socket]) -> None:
    subscription, server = wire
    assert server.recv(100) == b"PSUBSCRIBE /0.celeryev/*"
    server.sendall(SUBSCRIBED + pushed(b"early"))
    assert subscription.answered() == [b"early"]


def test_what_comes_in_pieces_is_put_together(wire: tuple[Any, socket.socket]) -> None:
    subscription, server = wire
    data = pushed(b"one")
    server.sendall(data[:30])
    assert subscription.receive(5) == []
    server.sendall(data[30:])
    assert subscription.receive(5) == [b"one"]


def test_the_end_of_the_connection_is_an_error(wire: tuple[Any, socket.socket]) -> None:
    subscription, server = wire
    server.recv(100)
    server.close()
    with pytest.raises(OSError, match="closed"):
        subscription.receive(5)


def test_a_silent_server_is_asked_and_then_given_up(
    wire: tuple[Any, socket.socket], pubsub: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription, server = wire
    server.recv(100)
    monkeypatch.setattr(pubsub, "SILENCE_S", 0.02)
    assert subscription.receive(0.02) == []
    assert server.recv(100) == b"PING"
    server.sendall(PONG)
    assert subscription.receive(5) == []
    assert subscription.receive(0.02) == []
    with pytest.raises(OSError, match="silent"):
        subscription.receive(0.02)


def test_a_server_that_does_not_answer_is_no_subscription(
    wire: tuple[Any, socket.socket], pubsub: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pubsub, "SILENCE_S", 0.02)
    with pytest.raises(OSError, match="does not answer"):
        wire[0].answered()


def test_what_claims_to_be_endless_is_not_kept(
    wire: tuple[Any, socket.socket], pubsub: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription, server = wire
    monkeypatch.setattr(pubsub, "LONGEST", 1000)
    sending = threading.Thread(target=server.sendall, args=(b"*4\r\n$99999999\r\n" + b"x" * 2000,))
    sending.start()
    with pytest.raises(OSError, match="1000 bytes"):
        while True:
            subscription.receive(5)
    sending.join()


def envelope(**more: Any) -> bytes:
    body = b64encode(json.dumps({"type": "task-started", "uuid": "ü"}).encode()).decode()
    properties = {"body_encoding": "base64"}
    message = {"body": body, "content-type": "application/json", "headers": {}}
    return json.dumps({**message, "properties": properties, **more}).encode()


def test_an_event_is_read_without_kombu(wire: tuple[Any, socket.socket]) -> None:
    assert wire[0].decode(envelope()) == {"type": "task-started", "uuid": "ü"}


@pytest.mark.parametrize(
    "unusual",
    [
        {"content-type": "application/x-yaml"},
        {"headers": {"compression": "application/x-gzip"}},
        {"properties": {}},
    ],
)
def test_an_unusual_message_is_left_to_kombu(
    wire: tuple[Any, socket.socket], unusual: dict[str, Any]
) -> None:
    assert wire[0].decode(envelope(**unusual)) == "slow"
