"""What plain workers tell reaches the supervisor; what they could not tell is looked up."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.bridge import plain
from core.bridge.events import Offline, WorkerEvent
from core.bridge.plain import UNHEARD, Plain
from core.bridge.watch import Watch
from core.changes import Change, Said
from core.tasks.facts import Fact, Hello, Ready, Settled, Started, Succeeded, TaskFact
from core.tasks.ledger import Ledger
from core.workers.foreign import Beat
from core.workers.means import Means
from core.workers.mode import Mode
from core.workers.phase import Stage, Worker
from core.workers.spec import WorkerSpec
from tests.support.answers import Answers, whereabouts

NODE, PID = "w1@box", os.getpid()
PARENT = psutil.Process().ppid()  # os.getppid() ends Wine
START = Started(1.0, "a", "shop.add")
SUCCESS = Succeeded(2.0, "a", "shop.add", 0.1, "3", None, None, ignored=False)


class Fleet:
    """Stands in for the supervisor: one worker, and what was said of it."""

    def __init__(self, ledger: Ledger) -> None:
        self.worker = Worker(NODE, stage=Stage.UP, run=1, pid=PID)
        self.facts: list[tuple[int, Fact]] = []
        self._ledger = ledger

    @property
    def workers(self) -> tuple[Worker, ...]:
        return (self.worker,)

    def fact(self, name: str, run: int, fact: Fact) -> None:
        assert name == NODE
        self.facts.append((run, fact))
        self._ledger.apply(name, run, fact, 0.0)

    def told(self, run: int = 1) -> list[Fact]:
        return [fact for number, fact in self.facts if number == run]


class Silence:
    """Stands in for the feed: nothing is heard but what a test says."""

    python = ""

    async def run(self) -> None:
        await asyncio.Event().wait()


class Scene:
    """All that a `Plain` stands among."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.ledger = Ledger()
        self.fleet = Fleet(self.ledger)
        self.host = Answers(whereabouts=whereabouts(), shutdown={})
        self.news = asyncio.Event()
        means: Any = dict.fromkeys(field.name for field in fields(Means))  # most are not used here
        means["spec"] = WorkerSpec(Path("python"), "shop", Path(), {}, mode=Mode.PLAIN)
        means |= {"ledger": self.ledger, "publish": self._publish}
        fleet: Any = self.fleet
        self.watch = Watch(Means(**means), fleet, self.host.calls)
        self.plain = Plain(Means(**means), fleet, self.host.calls, self._until, self.watch)
        self.plain.feed = Silence()  # type: ignore[assignment]

    def take(self, what: Beat | Offline | TaskFact, pid: int = PID, node: str = NODE) -> None:
        self.plain.take(WorkerEvent(node, pid, what))

    def _publish(self, change: Change) -> None:
        assert isinstance(change, Said)
        self.said.append(change.text)

    async def _until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self.news.clear()
            await self.news.wait()


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = Scene()
    async with asyncio.TaskGroup() as jobs:
        running = jobs.create_task(scene.plain.run())
        await settled()
        yield scene
        running.cancel()


async def settled() -> None:
    """Let all jobs go as far as they can: none of them waits for the world."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def grandchild() -> Iterator[tuple[int, int]]:
    """A process and the one that it started, as a Windows venv's python.exe does."""
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE)\n"
        "print(child.pid, flush=True)\n"
        "input()\n"
        "child.communicate()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    yield parent.pid, int(parent.stdout.readline())
    parent.communicate("\n", 10)


def beat(processed: int | None = 0, active: int | None = 0) -> Beat:
    return Beat(1.0, "5.7.0", active, processed)


async def test_a_worker_that_is_online_is_ready_and_known(scene: Scene) -> None:
    scene.plain.feed.python = "3.8.1"
    scene.take(beat())
    assert scene.fleet.told() == [
        Hello(1.0, PID, "3.8.1", "5.7.0", None, None, NODE, None),
        Ready(1.0),
    ]


async def test_each_heartbeat_is_a_sign_of_life(scene: Scene) -> None:
    for _ in range(3):
        scene.take(beat())
    assert scene.fleet.told()[1:] == [Ready(1.0)] * 3
    assert scene.said == []


async def test_tasks_are_told_of_the_run_that_had_them(scene: Scene) -> None:
    scene.take(START)
    scene.fleet.worker = replace(scene.fleet.worker, run=2, pid=PID + 1)
    scene.take(SUCCESS)
    assert scene.fleet.told(run=1) == [START, SUCCESS]


async def test_a_worker_whose_connection_ends_is_not_taken_for_gone(scene: Scene) -> None:
    scene.take(beat())
    scene.take(Offline(2.0))
    assert [type(fact) for fact in scene.fleet.told()] == [Hello, Ready]


async def test_the_workers_of_others_are_passed_over(scene: Scene) -> None:
    scene.take(beat(), node="w9@elsewhere")
    scene.take(beat(), pid=PARENT)
    scene.take(beat(), pid=2**22 + 5)  # Linux numbers end below
    assert scene.fleet.facts == []
    assert [worker.name for worker in scene.watch.workers] == ["w9@elsewhere"]


async def test_a_worker_without_a_process_tells_nothing(scene: Scene) -> None:
    scene.fleet.worker = replace(scene.fleet.worker, pid=None)
    scene.take(beat())
    assert scene.fleet.facts == []


async def test_what_runs_below_our_child_is_our_worker(
    scene: Scene, grandchild: tuple[int, int]
) -> None:
    child, true_python = grandchild
    scene.fleet.worker = replace(scene.fleet.worker, pid=child)
    scene.take(beat(), pid=true_python)
    assert Ready(1.0) in scene.fleet.told()


async def test_processes_are_remembered_within_bounds(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "MOST_PROCESSES", 1)
    scene.take(START)
    scene.fleet.worker = replace(scene.fleet.worker, run=2, pid=PARENT)
    scene.take(beat(), pid=PARENT)
    scene.take(SUCCESS)  # of the first, forgotten by now
    assert scene.fleet.told(run=1) == [START]


async def test_missed_events_are_said_once_per_change(scene: Scene) -> None:
    for processed in (0, 3, 3, 3, 5, 5):
        scene.take(beat(processed))
    assert [text.split(";")[0] for text in scene.said] == [
        "events missed so far: 3",
        "events missed so far: 5",
    ]
    await settled()


async def test_a_task_whose_end_was_missed_is_looked_up(scene: Scene) -> None:
    scene.host.answers["whereabouts"] = whereabouts(a="SUCCESS")
    scene.take(START)
    scene.take(beat(1))
    scene.take(beat(1))
    await settled()
    assert scene.fleet.told()[-1] == Settled(1.0, "a", "shop.add", "succeeded", "a!")
    scene.take(beat(1))
    await settled()
    assert len(scene.host.asked) == 1


async def test_a_task_that_ended_without_a_trace_is_lost(scene: Scene) -> None:
    scene.host.answers["whereabouts"] = whereabouts(out=("a",))
    scene.take(START)
    scene.take(beat(1))
    scene.take(beat(1))
    await settled()
    assert scene.fleet.told()[-1] == Settled(1.0, "a", "shop.add", "lost", UNHEARD)


async def test_a_task_that_may_still_run_is_left_alone(scene: Scene) -> None:
    scene.host.answers["whereabouts"] = whereabouts(out=("a",))
    scene.take(beat(3))
    scene.take(START)
    scene.take(beat(4))
    await settled()
    assert scene.host.asked
    assert not any(isinstance(fact, Settled) for fact in scene.fleet.told())


async def test_the_next_heartbeat_tries_again_when_the_broker_was_away(scene: Scene) -> None:
    scene.host.answers["whereabouts"] = whereabouts(a="FAILURE")
    scene.host.away = True
    scene.take(START)
    scene.take(beat(1))
    scene.take(beat(1))
    await settled()
    assert scene.fleet.told()[-1] == Ready(1.0)
    scene.host.away = False
    scene.take(beat(1))
    await settled()
    assert scene.fleet.told()[-1] == Settled(1.0, "a", "shop.add", "failed", "a!")


async def test_a_search_does_not_outlive_the_session() -> None:
    scene = Scene()
    scene.host.stuck = True
    async with asyncio.TaskGroup() as jobs:
        running = jobs.create_task(scene.plain.run())
        await settled()
        scene.take(beat(3))
        scene.take(beat(3))
        await settled()
        assert scene.host.asked
        running.cancel()


async def test_a_worker_is_asked_to_stop_until_it_goes(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "ASK_AGAIN_S", 0)
    scene.fleet.worker = replace(scene.fleet.worker, stage=Stage.STOPPING)
    async with asyncio.TaskGroup() as jobs:
        jobs.create_task(scene.plain.ask_to_stop(NODE))
        await settled()
        scene.fleet.worker = replace(scene.fleet.worker, stage=Stage.EXITED)
        scene.news.set()
    assert len(scene.host.asked) > 1
    assert scene.host.asked[0] == ("shutdown", {"nodes": [NODE]})


async def test_a_stop_that_cannot_be_asked_for_is_said_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "ASK_AGAIN_S", 0)
    scene.host.away = True
    scene.fleet.worker = replace(scene.fleet.worker, stage=Stage.STOPPING)
    async with asyncio.TaskGroup() as jobs:
        jobs.create_task(scene.plain.ask_to_stop(NODE))
        await settled()
        scene.fleet.worker = replace(scene.fleet.worker, run=2)
        scene.news.set()
    assert len(scene.host.asked) > 1
    assert scene.said == ["could not be asked to stop: the broker is away"]


async def test_a_worker_that_goes_is_not_waited_for_by_who_asks_it(scene: Scene) -> None:
    scene.host.stuck = True
    scene.fleet.worker = replace(scene.fleet.worker, stage=Stage.STOPPING)
    async with asyncio.TaskGroup() as jobs:
        jobs.create_task(scene.plain.ask_to_stop(NODE))
        await settled()
        scene.fleet.worker = replace(scene.fleet.worker, stage=Stage.EXITED)
        scene.news.set()


async def test_a_worker_that_is_gone_is_not_asked(scene: Scene) -> None:
    await scene.plain.ask_to_stop("w9@elsewhere")
    await scene.plain.ask_to_stop(NODE)
    assert scene.host.asked == []
