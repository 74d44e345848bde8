"""Floods of events become counts."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

NODE, PID = "w1@far", 7


class Digested:
    """A digest, with all that it said, and a clock that is moved."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.now = 100.0
        self.said: list[dict[str, Any]] = []
        self.digest = module.Digest(lambda **fields: self.said.append(fields), lambda: self.now)

    def take(self, kind: str, at: float = 1.0, **fields: Any) -> None:
        event = {"hostname": NODE, "pid": PID, "type": kind, "timestamp": at}
        self.digest.take({**event, **fields})

    def run(self, task_id: str, end: str | None = "succeeded", at: float = 1.0) -> None:
        """A task from its reception to its end."""
        self.take("task-received", at, uuid=task_id, name="shop.add")
        self.take("task-started", at, uuid=task_id)
        if end is not None:
            self.take(f"task-{end}", at, uuid=task_id)

    def beat(self, processed: int, active: int = 0, at: float = 1.0) -> None:
        self.take("worker-heartbeat", at, processed=processed, active=active)

    @property
    def last(self) -> dict[str, Any]:
        """What is told now."""
        self.now += 1
        self.digest.tell()
        return self.said[-1]


@pytest.fixture
def digested(inside: Callable[[str], ModuleType]) -> Digested:
    return Digested(inside("digest"))


def test_all_that_a_worker_tells_is_counted(digested: Digested) -> None:
    for number, end in enumerate(("succeeded", "failed", "retried", "revoked", "rejected")):
        digested.run(str(number), end)
    digested.run("on", end=None, at=3.0)
    told = digested.last
    assert (told["kind"], told["node"], told["pid"]) == ("digest", NODE, PID)
    assert (told["received"], told["started"], told["running"]) == (6, 6, 1)
    assert [told[end] for end in ("succeeded", "failed", "retried", "revoked", "rejected")] == [
        1
    ] * 5
    assert told["now"] == [{"id": "on", "name": "shop.add", "t": 3.0}]
    assert told["last"][0] == {
        **{"id": "0", "name": "shop.add", "how": "succeeded", "t": 1.0, "runtime": None}
    }


def test_a_flood_is_told_a_few_times_a_second(digested: Digested) -> None:
    for number in range(1000):
        digested.run(str(number))
        digested.digest.tell()
    assert len(digested.said) == 1
    digested.now += digested.module.TELL_S
    digested.digest.tell()
    digested.digest.tell()
    assert [told["succeeded"] for told in digested.said] == [1, 1000]


def test_counts_go_before_each_heartbeat(digested: Digested) -> None:
    digested.beat(0)
    digested.run("a")
    digested.beat(1)
    assert [told["succeeded"] for told in digested.said] == [0, 1]
    digested.now += 1
    digested.digest.tell()
    assert len(digested.said) == 2


def test_starts_are_counted_up_to_the_last_heartbeat_by_the_clock_of_the_worker(
    digested: Digested,
) -> None:
    digested.run("a", at=1.0)
    digested.beat(2, at=2.0)
    digested.run("overtaken", at=1.9)
    digested.run("later", at=2.1)
    assert (digested.last["started"], digested.last["by_beat"]) == (3, 2)
    digested.beat(3, at=4.0)
    assert digested.last["by_beat"] == 2
    digested.beat(3, at=6.0)
    assert digested.last["by_beat"] == 3


def test_a_task_that_no_longer_runs_by_the_heartbeat_is_given_up(digested: Digested) -> None:
    digested.run("lost", end=None, at=1.0)
    digested.run("on", end=None, at=1.5)
    digested.beat(2, active=1, at=2.0)
    digested.run("new", end=None, at=3.0)
    digested.beat(3, active=2, at=4.0)
    told = digested.last
    assert [task["id"] for task in told["now"]] == ["on", "new"]
    assert told["unended"] == 1


def test_a_heartbeat_without_numbers_gives_nothing_up(digested: Digested) -> None:
    digested.run("on", end=None, at=1.0)
    digested.take("worker-heartbeat", 2.0)
    digested.take("worker-offline", 3.0, active=0, processed=1)
    digested.beat(1, active=1, at=4.0)
    assert (digested.last["running"], digested.last["unended"]) == (1, 0)


def test_each_process_of_a_name_has_counts_of_its_own(digested: Digested) -> None:
    digested.run("a")
    digested.take("task-received", uuid="b", name="shop.add", pid=PID + 1)
    digested.now += 1
    digested.digest.tell()
    assert [(told["pid"], told["received"]) for told in digested.said] == [(7, 1), (8, 1)]


@pytest.mark.parametrize(
    "strange",
    [
        {"hostname": None},
        {"pid": "7"},
        {"pid": [7]},
        {"uuid": 7},
        {"uuid": ["a"]},
        {"timestamp": "soon"},
        {"timestamp": None},
    ],
)
def test_what_is_no_event_is_refused(digested: Digested, strange: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        digested.take("task-started", **{"uuid": "a", **strange})
    assert digested.digest._changed == {}


def test_kinds_that_do_not_count_are_passed_over(digested: Digested) -> None:
    digested.take("task-sent", uuid="a")
    assert digested.digest._changed == {}


def test_memory_has_bounds(digested: Digested, monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("WORKERS_KEPT", "NAMES_KEPT", "RUNNING_KEPT", "RUNNING_TOLD", "LAST_KEPT"):
        monkeypatch.setattr(digested.module, bound, 3)
    for number in range(10):
        digested.run(str(number), end=None)
    told = digested.last
    assert (told["started"], told["running"], len(told["now"])) == (10, 3, 3)
    for number in range(10):
        digested.take("task-started", uuid="a", pid=100 + number)
    assert len(digested.digest._workers) == 3
    assert len(digested.digest._names) == 3
