"""A message whose ETA comes while its worker is busy goes to one that is free."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, send, worker


class Given:
    """What was given back; the main thread is `busy` or not."""

    def __init__(self, module: ModuleType, busy: bool) -> None:
        self.busy = busy
        self.ids: list[str] = []
        self.news = threading.Event()
        self.dues = module.Dues(lambda: self.busy, self._take)

    def _take(self, request: SimpleNamespace) -> None:
        self.ids.append(request.id)
        self.news.set()


def message(id_: str, in_s: float) -> SimpleNamespace:
    return SimpleNamespace(id=id_, eta=datetime.now(UTC) + timedelta(seconds=in_s))


@pytest.fixture
def module(inside: Callable[[str], ModuleType]) -> ModuleType:
    return inside("dues")


def test_what_is_due_while_a_task_runs_is_given_back(module: ModuleType) -> None:
    given = Given(module, busy=True)
    later, due = message("later", 60), message("due", 0.1)
    given.dues.hold(later)
    given.dues.hold(due)
    assert given.news.wait(20)
    assert given.ids == ["due"]
    assert not given.dues.claim(due)
    assert given.dues.claim(later)


def test_an_idle_worker_runs_what_is_due_itself(module: ModuleType) -> None:
    given = Given(module, busy=False)
    first, last = message("first", 0.05), message("last", 0.3)
    given.dues.hold(first)
    assert given.dues.claim(first)
    given.dues.hold(last)
    given.busy = True
    assert given.news.wait(20)
    assert given.ids == ["last"]


def test_an_earlier_delivery_of_the_same_message_is_nobodys(module: ModuleType) -> None:
    given = Given(module, busy=False)
    before, after = message("a", 60), message("a", 60)
    given.dues.hold(before)
    given.dues.hold(after)
    assert not given.dues.claim(before)
    assert given.dues.claim(after)
    given.dues.hold(after)
    given.dues.forget_all()
    assert not given.dues.claim(after)


def test_a_free_worker_runs_what_came_due_for_a_busy_one(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, tmp_path: Path
) -> None:
    its_server.client.flushall()
    end = tmp_path / "end"
    with ExitStack() as stack:
        busy = stack.enter_context(worker(python, its_server.url, "w1@box", loop=loop, fleet=2))
        busy.wait("ready")
        waiting = [send(its_calls, "tasky.late_add", 1, countdown=1.0) for _ in range(3)]
        for task_id in waiting:
            busy.wait("received", id=task_id)
        long = send(its_calls, "tasky.nap_until", str(end))
        busy.wait("started", id=long)
        free = stack.enter_context(worker(python, its_server.url, "w2@box", loop=loop, fleet=2))
        for task_id in waiting:
            free.wait("succeeded", id=task_id)
        assert "succeeded" not in busy.kinds(long)
        assert {busy.kinds(task_id)[-1] for task_id in waiting} == {"rejected"}
        end.touch()
        busy.wait("succeeded", id=long)
        for running in (busy, free):
            running.say(kind="stop")
            assert running.end() == 0
    assert not {"started"} & {kind for task_id in waiting for kind in busy.kinds(task_id)}
    assert (its_server.waiting(), its_server.unacked()) == (0, 0)
