"""The request for the next message, while a task runs and when the worker stops."""

import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

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
        later = send(its_calls, "tasky.late_nap", 2.5, countdown=0.5)
        running.wait("started", id=later)
        behind = send(its_calls, "tasky.add", 1)
        wait_until(lambda: its_server.waiting() == 1, 2, "the message in its queue")
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
