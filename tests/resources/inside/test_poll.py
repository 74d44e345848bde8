"""The request for the next message, while a task runs and when the worker stops."""

import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, send, worker
from tests.support.waiting import wait_until


def test_no_message_lies_unseen_behind_a_task_with_an_eta(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    """Such a task begins while a request is out; what it brings goes back to its queue."""
    its_server.client.flushall()
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        later = send(its_calls, "tasky.late_nap", 1.5, countdown=0.3)
        running.wait("started", id=later)
        behind = send(its_calls, "tasky.add", 1)
        wait_until(lambda: its_server.waiting() == 1, 1, "the message in its queue")
        assert "succeeded" not in running.kinds(later)
        running.wait("succeeded", id=behind)
        running.say(kind="stop")
        assert running.end() == 0
    assert (its_server.waiting(), its_server.unacked()) == (0, 0)


def test_no_message_is_asked_for_once_the_worker_stops(
    inside: Callable[[str], ModuleType],
) -> None:
    stopping = threading.Event()
    poll = inside("poll").Poll(stopping, print)
    channel = SimpleNamespace(qos=SimpleNamespace(can_consume=lambda: True))
    poll.use(channel)
    assert channel.qos.can_consume()
    stopping.set()
    assert not channel.qos.can_consume()


def test_a_broker_without_such_requests_is_left_alone(inside: Callable[[str], ModuleType]) -> None:
    poll = inside("poll").Poll(threading.Event(), print)
    poll.use(None)
    poll.use(SimpleNamespace())
    poll.task_begins()
    poll.task_ends()
    poll.end()


class Channel:
    """A channel with a request out; `parsed` counts who read its answer."""

    def __init__(self) -> None:
        self._in_poll: object | None = object()
        self.parsed = 0
        self.client = SimpleNamespace(connection=None, parse_response=self._parse)

    def _parse(self, connection: object, command: str) -> None:
        self.parsed += 1


def test_what_the_main_thread_has_read_meanwhile_is_not_waited_for(
    inside: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread would wait for an answer that has gone, and the task's end for the thread."""
    module, channel = inside("poll"), Channel()
    looks = iter([True, False])
    monkeypatch.setattr(module, "_readable", lambda connection, wait_s: next(looks))
    poll = module.Poll(threading.Event(), print)
    poll.use(channel)
    poll._task_runs = True
    poll._look()
    assert (channel.parsed, poll._is_out) == (0, True)


def test_a_message_that_is_being_delivered_leaves_no_request_out(
    inside: Callable[[str], ModuleType],
) -> None:
    poll = inside("poll").Poll(threading.Event(), print)
    poll.use(Channel())
    seen: list[bool] = []
    poll.delivering(lambda message: seen.append(poll._is_out))("message")
    assert (seen, poll._is_out) == ([False], True)
