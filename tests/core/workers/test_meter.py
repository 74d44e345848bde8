"""What workers use, and what their tasks took."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import pytest

from core.changes import Change, UsageSampled
from core.tasks.facts import Failed, Succeeded
from core.tasks.memory import TaskMemory
from core.tasks.times import TaskTime
from core.workers import meter as meter_module
from core.workers.means import Means
from core.workers.meter import Meter
from core.workers.phase import RunningTask, Stage, Worker
from core.workers.sweep import Sample
from core.workers.usage import Effort, Point, Usage

if sys.platform != "win32":
    from tests.support.broker import Server
    from tests.support.fleets import fleet

MB = 2**20
TASK = RunningTask("t1", "shop.render", 0.0)


class Scene:
    """A meter of one worker; `sees` is what the next look finds."""

    def __init__(self) -> None:
        self.worker = Worker("w1@box", stage=Stage.UP, run=1, pid=7, up_since=0.0)
        self.sees: dict[str, Sample] = {}
        self.meanwhile = lambda: None
        self.told: list[tuple[Usage, ...]] = []
        means: Any = dict.fromkeys(field.name for field in fields(Means))  # most are not used here
        means["publish"] = self._publish
        us: Any = self
        self.meter = Meter(Means(**means), us, us)

    @property
    def workers(self) -> tuple[Worker, ...]:
        return (self.worker,)

    @property
    def roots(self) -> Mapping[str, int]:
        return {"w1@box": 7}

    def look(self, roots: Mapping[str, int]) -> Mapping[str, Sample]:
        assert roots == self.roots
        self.meanwhile()
        return self.sees

    async def see(self, memory_mb: int, cpu_s: float = 0.0, at: float = 0.0, root: int = 7) -> None:
        self.sees = {"w1@box": Sample(root, at, cpu_s, memory_mb * MB, 1)}
        await self.meter.look()

    def run(self, task: RunningTask | None) -> None:
        self.worker = replace(self.worker, task=task)

    def end(self, before_mb: int | None = None, after_mb: int | None = None) -> None:
        rss = [None if each is None else each * MB for each in (before_mb, after_mb)]
        self.run(None)
        self.meter.ended(
            "w1@box", Succeeded(1.0, "t1", "shop.render", 1.0, "1", *rss, ignored=False)
        )

    def _publish(self, change: Change) -> None:
        assert isinstance(change, UsageSampled)
        self.told.append(change.usages)


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_processor_time_between_two_looks_is_told_in_percent_of_a_core(scene: Scene) -> None:
    await scene.see(30, cpu_s=1.0, at=100.0)
    await scene.see(40, cpu_s=2.5, at=102.0)
    await scene.see(35, cpu_s=2.5, at=104.0)
    assert scene.told == [
        (Usage("w1@box", 0.0, 30 * MB, 30 * MB, 1.0, 1),),
        (Usage("w1@box", 75.0, 40 * MB, 40 * MB, 2.5, 1),),
        (Usage("w1@box", 0.0, 35 * MB, 40 * MB, 2.5, 1),),
    ]
    assert scene.meter.usage("w1@box") == scene.told[-1][0]
    assert scene.meter.history("w1@box")[1] == Point(102.0, 75.0, 40 * MB)


async def test_a_new_run_adds_to_what_the_worker_used(scene: Scene) -> None:
    await scene.see(30, cpu_s=5.0, at=100.0)
    await scene.see(20, cpu_s=7.0, at=102.0, root=8)
    usage = scene.meter.usage("w1@box")
    assert usage is not None
    assert (usage.cpu_s, usage.cpu_percent, usage.peak) == (12.0, 0.0, 30 * MB)


async def test_history_is_that_of_five_minutes(scene: Scene) -> None:
    for at in (0.0, 100.0, 301.0):
        await scene.see(30, at=at)
    assert [point.at for point in scene.meter.history("w1@box")] == [100.0, 301.0]


async def test_a_worker_that_was_never_seen_has_no_usage(scene: Scene) -> None:
    await scene.meter.look()
    assert scene.told == []
    assert scene.meter.usage("w1@box") is None
    assert scene.meter.history("w1@box") == ()


async def test_a_task_takes_what_its_worker_grew_by_at_most_while_it_ran(scene: Scene) -> None:
    await scene.see(30)
    scene.run(TASK)
    for memory_mb in (80, 230, 90):
        await scene.see(memory_mb)
    scene.end(before_mb=40, after_mb=50)
    assert scene.meter.tasks() == (TaskMemory("shop.render", 1, 200 * MB, 200 * MB),)


async def test_a_task_between_two_looks_is_known_by_telemetry(scene: Scene) -> None:
    scene.end(before_mb=40, after_mb=70)
    scene.end(before_mb=70, after_mb=60)
    scene.end(before_mb=60, after_mb=None)
    assert scene.meter.tasks() == (TaskMemory("shop.render", 2, 15 * MB, 30 * MB),)


async def test_a_look_that_was_not_within_one_task_tells_of_none(scene: Scene) -> None:
    await scene.see(30)
    scene.meanwhile = lambda: scene.run(TASK)
    await scene.see(500)
    scene.end()
    assert scene.meter.tasks() == ()


async def test_a_new_process_is_not_compared_with_the_last_one_when_idle(scene: Scene) -> None:
    await scene.see(30)
    scene.worker = replace(scene.worker, run=2, task=TASK)
    await scene.see(500)
    scene.end()
    assert scene.meter.tasks() == ()


async def test_a_failed_task_took_memory_too(scene: Scene) -> None:
    failed = Failed(1.0, "t1", "shop.render", 1.0, "MemoryError()", 10 * MB, 15 * MB)
    scene.meter.ended("w1@box", failed)
    assert scene.meter.tasks() == (TaskMemory("shop.render", 1, 5 * MB, 5 * MB),)


async def test_tasks_are_timed_by_what_their_workers_tell(scene: Scene) -> None:
    scene.end()
    scene.meter.ended("w1@box", Failed(1.0, "t2", "shop.render", 9.0, "KeyError()", None, None))
    scene.meter.ended("w1@box", Failed(1.0, "t3", "shop.render", None, "KeyError()", None, None))
    assert scene.meter.times() == (TaskTime("shop.render", 2, 5.0, 9.0),)


async def test_it_looks_again_and_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter_module, "LOOK_S", 0)
    scene.meter.watched = True
    scene.sees = {"w1@box": Sample(7, 0.0, 0.0, MB, 1)}
    async with asyncio.TaskGroup() as jobs, asyncio.timeout(30):
        running = jobs.create_task(scene.meter.run())
        while len(scene.told) < 3:
            await asyncio.sleep(0)
        running.cancel()


async def test_time_on_a_processor_counts_for_tasks_only_while_there_are_some(scene: Scene) -> None:
    await scene.see(30, cpu_s=1.0, at=0.0)
    await scene.see(30, cpu_s=1.5, at=2.0)
    scene.run(TASK)
    await scene.see(30, cpu_s=2.0, at=4.0)
    scene.end()
    await scene.see(30, cpu_s=2.25, at=6.0)
    await scene.see(30, cpu_s=9.0, at=8.0)
    assert scene.meter.effort() == Effort(ended=1, runtime_s=1.0, cpu_s=0.75)


async def test_a_look_at_a_task_that_we_were_not_told_of_yet_is_not_what_is_idle(
    scene: Scene,
) -> None:
    await scene.see(40, at=10.0)
    await scene.see(70, at=10.1)  # it runs already
    scene.run(TASK)
    await scene.see(100, at=10.2)
    scene.end()
    (taken,) = scene.meter.tasks()
    assert taken.most == 60 * MB
    await scene.see(70, at=20.0)
    assert scene.meter.idle() == 70 * MB


async def test_what_a_worker_has_when_idle_is_known_once_it_was_seen_so(scene: Scene) -> None:
    scene.run(TASK)
    await scene.see(90)
    assert scene.meter.idle() is None
    scene.run(None)
    await scene.see(40)
    assert scene.meter.idle() == 40 * MB


if sys.platform != "win32":

    async def test_a_real_task_that_takes_memory_is_seen_to(server: Server) -> None:
        async with fleet(server.url) as own:
            await own.start()
            meter = own.session.meter
            await meter.look()
            (task_id,) = await own.send("hold", 60, 1.0)
            while own.task(task_id).state != "succeeded":
                await meter.look()
            (taken,) = meter.tasks()
            assert (taken.name, taken.count) == ("tasky.hold", 1)
            assert 55 * MB < taken.most < 75 * MB
            usage = meter.usage(own.name("worker1"))
            assert usage is not None
            assert usage.peak > 60 * MB
            assert usage.cpu_s > 0
