"""The time limits of the running task."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, Inside, send, worker


class Clock:
    """Counts what the limits do; `knocks` go unheard."""

    def __init__(self, module: ModuleType, hard_s: float | None, soft_s: float | None) -> None:
        self.did: list[str] = []
        self.over = threading.Event()
        self.limits = module.Limits(lambda: self.did.append("knock"), self._time_out)
        request = SimpleNamespace(name="shop.add", id="a1", task=None)
        self.running = SimpleNamespace(
            request=request,
            started=time.monotonic(),
            hard_s=hard_s,
            soft_s=soft_s,
            on_timeout=lambda soft, timeout: self.did.append(f"soft {timeout}"),
        )
        self.limits.watch(self.running)

    def _time_out(self, running: object) -> None:
        assert running is self.running
        self.did.append("hard")
        self.over.set()


@pytest.fixture
def module(inside: Callable[[str], ModuleType]) -> ModuleType:
    return inside("limits")


def test_the_soft_limit_comes_first_and_knocks_until_it_is_heard(module: ModuleType) -> None:
    clock = Clock(module, 0.3, 0.1)
    assert clock.over.wait(20)
    assert (clock.did[0], clock.did[-1], set(clock.did[1:-1])) == ("soft 0.1", "hard", {"knock"})
    assert len(clock.did) > 5


def test_a_hard_limit_alone_takes_the_task_away(module: ModuleType) -> None:
    clock = Clock(module, 0.05, None)
    assert clock.over.wait(20)
    assert clock.did == ["hard"]


def test_a_hard_limit_below_the_soft_one_strikes_at_the_soft_one(module: ModuleType) -> None:
    clock = Clock(module, 0.05, 0.2)
    assert clock.over.wait(20)
    assert time.monotonic() - clock.running.started >= 0.2


def test_a_task_that_is_over_is_left_alone(module: ModuleType) -> None:
    clock = Clock(module, None, 30.0)
    clock.limits.forget()
    later = Clock(module, 0.05, None)
    assert later.over.wait(20)
    assert clock.did == []


def test_the_limits_of_the_next_task_are_not_missed(module: ModuleType) -> None:
    clock = Clock(module, 30.0, None)
    clock.limits.forget()
    clock.running.hard_s, clock.running.started = 0.05, time.monotonic()
    clock.limits.watch(clock.running)
    assert clock.over.wait(20)


@pytest.fixture(scope="module")
def limited(python: Path, loop: str | None, its_server: Server) -> Iterator[Inside]:
    """A worker for tasks with soft limits, which it survives."""
    its_server.client.flushall()
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        yield running


def test_a_soft_limit_ends_the_task_and_not_the_worker(limited: Inside, its_calls: Bridge) -> None:
    task_id = send(its_calls, "tasky.tidy", 30, soft_time_limit=0.4)
    failed = limited.wait("failed", id=task_id)
    assert failed["exception"] == "SoftTimeLimitExceeded()"
    assert 0.4 <= failed["runtime"] < 2
    assert "Soft time limit (0.4s) exceeded for tasky.tidy" in limited.log
    assert "tidied up" in limited.log
    limited.wait("succeeded", id=send(its_calls, "tasky.add", 1))


def test_a_task_within_its_limits_is_not_touched(limited: Inside, its_calls: Bridge) -> None:
    task_id = send(its_calls, "tasky.nap", 0.2, soft_time_limit=5, time_limit=6)
    limited.wait("succeeded", id=task_id)


def test_a_task_that_cannot_be_reached_is_told_of_in_the_log(
    limited: Inside, its_calls: Bridge
) -> None:
    task_id = send(its_calls, "tasky.stubborn_nap", 1.5, soft_time_limit=0.2)
    limited.wait_for(
        lambda record: record.get("id") == task_id and record["kind"] in ("succeeded", "failed"),
        "its end",
    )
