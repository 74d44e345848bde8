"""Each question to the user's app goes out as `inside/calls.py` wants it, and its answer back."""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from core.bridge.calls import LONG_S, SHORT_S, Calls, QueueLengths, Whereabouts
from core.bridge.host import Host
from core.secret import Secret
from core.tasks.call import TaskCall
from core.tasks.facts import Settled
from core.tasks.task import Held
from core.wishes import Wishes, worker_spec
from core.workers.containment import make_containment
from core.workers.loss import Loss, Manner
from tests.support.projects import project
from tests.support.venvs import python_with_celery


class FakeHost:
    """Answers every call with the same, and remembers what was asked."""

    def __init__(self, **answer: Any) -> None:
        self.answer = answer
        self.asked: tuple[str, float, Mapping[str, Any]] | None = None

    async def call(self, kind: str, *, deadline_s: float, **fields: Any) -> Mapping[str, Any]:
        self.asked = (kind, deadline_s, fields)
        return self.answer


async def test_a_send_carries_all_options() -> None:
    host = FakeHost(sent=1, error="the broker is away")
    call = TaskCall("shop.add", [1], {"y": 2}, "slow", 1.5, 3, 60.0)
    assert await Calls(host).send(call, ("a", "b")) == (1, "the broker is away")  # type: ignore[arg-type]
    fields = {"task": "shop.add", "ids": ["a", "b"], "args": [1], "kwargs": {"y": 2}}
    options = {"queue": "slow", "countdown": 1.5, "priority": 3, "expires": 60.0}
    assert host.asked == ("send", LONG_S, fields | options)


async def test_a_loss_is_settled_with_all_that_is_known_of_each_message() -> None:
    state = {"id": "a", "name": "shop.add", "state": "failed", "exception": "WorkerLostError()"}
    host = FakeHost(settled=[state])
    message = Held("a", "shop.add", "tag", {"h": 1}, {"e": 2}, acks_late=True, running=False)
    loss = Loss("w1@box", 1, (message,), 8.0, 9.0, None, Manner.LIMIT, 3.0)
    settled = await Calls(host).settle(loss)  # type: ignore[arg-type]
    assert settled == (Settled(9.0, "a", "shop.add", "failed", "WorkerLostError()"),)
    assert host.asked is not None
    fields = dict(host.asked[2])
    assert fields.pop("held") == [
        {
            **{"id": "a", "name": "shop.add", "tag": "tag", "headers": {"h": 1}, "embed": {"e": 2}},
            **{"acks_late": True, "running": False, "body": None},
        }
    ]
    assert fields == {
        **{"node": "w1@box", "ended_at": 9.0, "manner": "limit", "limit_s": 3.0},
        "why": "Worker exited prematurely: exitcode None.",
    }


async def test_workers_have_their_time_to_answer_before_the_deadline_of_the_call() -> None:
    host = FakeHost(replies={})
    await Calls(host).inspect("ping", ("w1@box",), timeout_s=2.0)  # type: ignore[arg-type]
    fields = {"what": "ping", "destination": ["w1@box"], "timeout_s": 2.0, "ids": []}
    assert host.asked == ("inspect", SHORT_S + 2.0, fields)
    await Calls(host).inspect("ping")  # type: ignore[arg-type]
    assert host.asked is not None and host.asked[2]["destination"] is None


async def test_monitors_are_prepared_for_with_names_and_settings() -> None:
    host = FakeHost(nodes=["w1@box"], settings={"broker_url": "redis://"})
    assert await Calls(host).enable_events(2.0) == {"w1@box"}  # type: ignore[arg-type]
    assert host.asked == ("enable_events", SHORT_S + 2.0, {"timeout_s": 2.0})
    assert await Calls(host).watched() == {"broker_url": "redis://"}  # type: ignore[arg-type]


async def test_those_that_were_woken_can_be_told_to_be_silent_again() -> None:
    host = FakeHost(nodes=["w1@box"], woken=["w1@box"])
    assert await Calls(host).wake_events(["w1@box"]) == ("w1@box",)  # type: ignore[arg-type]
    await Calls(host).disable_events(["w1@box"])  # type: ignore[arg-type]
    fields = {"timeout_s": 1.0, "nodes": ["w1@box"]}
    assert host.asked == ("disable_events", SHORT_S + 1.0, fields)


async def test_a_revoke_and_a_shutdown_name_whom_they_are_for() -> None:
    host = FakeHost()
    await Calls(host).revoke(("a",), terminate=True)  # type: ignore[arg-type]
    fields = {"ids": ["a"], "terminate": True, "signal": "SIGTERM"}
    assert host.asked == ("revoke", SHORT_S, fields)
    await Calls(host).shutdown(("w1@box",))  # type: ignore[arg-type]
    assert host.asked == ("shutdown", SHORT_S, {"nodes": ["w1@box"]})


async def test_tasks_are_searched_for_wherever_one_may_have_gone() -> None:
    host = FakeHost(tasks=[{"name": "shop.add", "queue": "routed"}], sent=1)
    calls = Calls(host)  # type: ignore[arg-type]
    await calls.describe()
    await calls.send(TaskCall("shop.add", queue="asked"), ("a",))
    host.answer = {"waiting": ["a"], "out": [], "ended": {}, "missing": []}
    await calls.whereabouts(("a",))
    fields = {"ids": ["a"], "queues": ["asked", "routed"]}
    assert host.asked == ("whereabouts", LONG_S, fields)


@pytest.mark.skipif(sys.platform == "win32", reason="no server")
async def test_a_real_app_answers_every_question(server: Any, tmp_path: Path) -> None:
    opened = project(python=python_with_celery("5.7.0"))
    spec = worker_spec(opened, Wishes(broker=Secret(server.url)), {}, None)
    async with make_containment() as containment:
        host = Host(spec, containment)
        calls = Calls(host)
        try:
            assert str(server.port) in await calls.broker_url()
            assert 0 < await calls.ping() < 1000
            assert "tasky.add" in {task["name"] for task in await calls.describe()}
            assert await calls.send(TaskCall("tasky.add", [1]), ("a", "b")) == (2, None)
            where = await calls.whereabouts(("a", "c"))
            assert where == Whereabouts(frozenset({"a"}), frozenset(), {}, frozenset({"c"}))
            assert await calls.queues() == QueueLengths({"celery": 2}, 0, None)
            assert await calls.results(("a",)) == {}
            assert await calls.inspect("ping", timeout_s=0.1) == {}
            assert await calls.nodes(timeout_s=0.1) == ()
            assert 0 < (await calls.ping_results() or 0) < 1000
            assert (await calls.settings())["broker"]["url"] == server.url
            assert await calls.orphans(0.0, time.time(), ()) == ()
            assert (await calls.peek("celery"))["names"] == [["tasky.add", 2]]
            assert (await calls.survey(("own",)))["queues"][0]["waiting"] == 2
            file = tmp_path / "saved.jsonl"
            assert await calls.purge("celery", file, "tasky-1") == 2
            assert await calls.restore(file, aside_only=True) == (0, "aside")
            assert await calls.restore(file) == (2, "file")
        finally:
            await host.close()
