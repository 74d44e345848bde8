"""When a process has done its share."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, send, worker

Load = Callable[[str], ModuleType]


def test_without_limits_it_goes_on_for_ever(inside: Load) -> None:
    recycling = inside("recycling").Recycling({"maxtasksperchild": None})
    assert [recycling.after_task() for _ in range(3)] == [None, None, None]
    assert recycling.done == 3


def test_after_so_many_tasks_it_is_over(inside: Load) -> None:
    recycling = inside("recycling").Recycling({"maxtasksperchild": 2})
    assert [recycling.after_task() for _ in range(2)] == [
        None,
        "max_tasks_per_child (2) reached",
    ]


def test_with_too_much_memory_it_is_over(inside: Load) -> None:
    recycling = inside("recycling").Recycling({"max_memory_per_child": 1000})
    assert (recycling.after_task() or "").startswith("max_memory_per_child: ")
    roomy = inside("recycling").Recycling({"max_memory_per_child": 10**9})
    assert roomy.after_task() is None


def test_a_worker_that_is_recycled_leaves_between_two_tasks(
    python: Path,
    loop: str | None,
    its_server: Server,
    its_calls: Bridge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    its_server.client.flushall()
    monkeypatch.setenv("CELERY_WORKER_MAX_TASKS_PER_CHILD", "2")
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        ids = [send(its_calls, "tasky.late_nap", 0.1) for _ in range(3)]
        assert running.end() == 0
    stopping = running.wait("stopping")
    assert (stopping["replace"], stopping["how"]) == (True, "max_tasks_per_child (2) reached")
    assert [running.kinds(task_id)[-1:] for task_id in ids[:2]] == [["succeeded"]] * 2
    assert (its_server.waiting(), its_server.unacked()) == (1, 0)
