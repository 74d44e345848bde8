"""The pool: one task at a time, and an answer while it runs."""

import threading
import types
from collections.abc import Callable

import pytest

from tests.support.inside import Bridge, Inside, send, wait_for_control


def test_a_busy_worker_answers_ping_at_once(fleet_worker: Inside, calls: Bridge) -> None:
    wait_for_control(calls, "w1@box")
    task_id = send(calls, "tasky.nap", 1.5)
    fleet_worker.wait("started", id=task_id)
    replies = calls.call("inspect", what="ping", destination=["w1@box"], timeout_s=5.0)["replies"]
    assert replies == {"w1@box": {"ok": "pong"}}
    active = calls.call("inspect", what="active", destination=["w1@box"], timeout_s=5.0)
    assert [task["id"] for task in active["replies"]["w1@box"]] == [task_id]
    assert "succeeded" not in fleet_worker.kinds(task_id)
    fleet_worker.wait("succeeded", id=task_id)


def test_a_worker_tells_that_its_pool_is_the_fleets(fleet_worker: Inside, calls: Bridge) -> None:
    wait_for_control(calls, "w1@box")
    asked = {"what": "stats", "destination": ["w1@box"], "timeout_s": 1.0}
    pool = calls.call("inspect", **asked)["replies"]["w1@box"]["pool"]
    assert pool["implementation"] == "solofleet_inside.fleet:FleetPool"


def test_tasks_with_an_eta_run_one_at_a_time(fleet_worker: Inside, calls: Bridge) -> None:
    ids = [send(calls, "tasky.nap", 0.4, countdown=0.3) for _ in range(3)]
    for task_id in ids:
        fleet_worker.wait("succeeded", id=task_id)
    runs = [r for r in fleet_worker.records if r.get("id") in ids and r["kind"] != "received"]
    assert [r["kind"] for r in sorted(runs, key=lambda r: r["t"])] == ["started", "succeeded"] * 3


class Box:
    """Celery's remote control: the first thread that serves loses its connection, others stay."""

    def __init__(self) -> None:
        self._node_stopped: threading.Event | None = threading.Event()
        self.failed, self.serving, self.over = (threading.Event() for _ in range(3))
        self.threads: list[threading.Thread] = []

    def loop(self, consumer: object) -> None:
        self.threads.append(threading.current_thread())
        if not self.failed.is_set():
            self.failed.set()
            raise ConnectionError
        self.serving.set()
        self.over.wait(20)


@pytest.fixture
def fleet(
    inside: Callable[[str], types.ModuleType], monkeypatch: pytest.MonkeyPatch
) -> types.ModuleType:
    """The module, in this process."""
    module = inside("fleet")
    monkeypatch.setattr(module, "RETRY_CONTROL_S", 0.1)
    return module


def test_remote_control_comes_back_when_only_its_own_connection_broke(
    fleet: types.ModuleType,
) -> None:
    pool, box = fleet.FleetPool(), Box()
    pool.spawn_n(box.loop, None)
    assert box.serving.wait(20)
    box.over.set()
    assert len(set(box.threads)) == 1


def test_remote_control_that_was_replaced_does_not_come_back(fleet: types.ModuleType) -> None:
    pool, box = fleet.FleetPool(), Box()
    pool.spawn_n(box.loop, None)
    assert box.failed.wait(20)
    pool.spawn_n(box.loop, None)
    assert box.serving.wait(20)
    box.threads[0].join(20)
    assert not box.threads[0].is_alive()
    assert len(box.threads) == 2
    box.over.set()


def test_remote_control_that_the_worker_closed_does_not_come_back(fleet: types.ModuleType) -> None:
    pool, box = fleet.FleetPool(), Box()
    pool.spawn_n(box.loop, None)
    assert box.failed.wait(20)
    box._node_stopped = None
    box.threads[0].join(20)
    assert not box.threads[0].is_alive()
    assert len(box.threads) == 1
