"""The workers of others come into sight, and go out of it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from core.bridge import watch as watch_module
from core.bridge.events import Offline, WorkerEvent
from core.bridge.watch import Watch
from core.changes import Change, ForeignChanged
from core.tasks.facts import Started
from core.workers.foreign import Beat, Digest, Foreign, Presence
from core.workers.means import Means
from core.workers.phase import Stage, Worker
from core.workers.spec import WorkerSpec
from tests.support.answers import Answers

if sys.platform != "win32":
    from tests.support.broker import Server
    from tests.support.fleets import Fleet, fleet
    from tests.support.inside import PROJECTS, broker_variables
    from tests.support.venvs import python_with_celery

BEAT = Beat(1.0, "5.7.0", 0, 0, 2.0)


class Fleetling:
    """Stands in for the supervisor."""

    workers = (Worker("worker1@box", stage=Stage.UP, run=1, pid=1),)


class Scene:
    """A watch that hears what a test says, and a clock that stands."""

    def __init__(self) -> None:
        self.now = 100.0
        self.told: list[Foreign] = []
        self.host = Answers(enable_events={"nodes": ["w1@far"]})
        means: Any = dict.fromkeys(field.name for field in fields(Means))  # most are not used here
        means |= {"spec": WorkerSpec(Path("python"), "shop", Path(), {}), "publish": self._publish}
        supervisor: Any = Fleetling()
        self.watch = Watch(Means(**means), supervisor, self.host.calls, lambda: self.now)

    def take(self, what: Any, node: str = "w1@far", pid: int = 7) -> None:
        self.watch.take(WorkerEvent(node, pid, what))

    def tell(self) -> list[Foreign]:
        """What is told this time."""
        self.told.clear()
        self.watch.tell()
        return list(self.told)

    def _publish(self, change: Change) -> None:
        assert isinstance(change, ForeignChanged)
        self.told.append(change.worker)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_worker_of_others_is_told_of_once(scene: Scene) -> None:
    scene.take(BEAT)
    (worker,) = scene.tell()
    assert (worker.name, worker.pid, worker.presence) == ("w1@far", 7, Presence.ONLINE)
    scene.take(BEAT)
    assert scene.tell() == []
    assert [each.name for each in scene.watch.workers] == ["w1@far"]


def test_our_own_workers_are_not_among_them(scene: Scene) -> None:
    scene.take(BEAT, node="worker1@box")
    assert scene.tell() == []
    assert scene.watch.workers == ()


def test_however_much_it_does_is_told_at_once(scene: Scene) -> None:
    scene.take(BEAT)
    scene.tell()
    for count in range(1, 50):
        scene.take(Digest(received=count, started=count))
    (worker,) = scene.tell()
    assert worker.digest.started == 49


def test_single_events_are_left_to_the_digest(scene: Scene) -> None:
    scene.take(Started(1.0, "a", "shop.add"))
    assert scene.watch.workers == ()


def test_silence_and_leave_are_told(scene: Scene) -> None:
    scene.take(BEAT)
    scene.tell()
    scene.now += 10
    assert [worker.presence for worker in scene.tell()] == [Presence.LATE]
    scene.take(Offline(2.0))
    assert [worker.presence for worker in scene.tell()] == [Presence.OFFLINE]


def test_two_processes_of_one_name_are_two(scene: Scene) -> None:
    scene.take(BEAT)
    scene.take(BEAT, pid=8)
    assert [worker.pid for worker in scene.tell()] == [7, 8]


def test_a_process_that_has_a_successor_is_forgotten_when_it_is_gone(scene: Scene) -> None:
    scene.take(BEAT)
    scene.take(Offline(2.0))
    scene.take(BEAT, pid=8)
    scene.tell()
    assert [worker.pid for worker in scene.watch.workers] == [8]


def test_the_longest_silent_are_forgotten_when_there_are_too_many(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_module, "MOST", 2)
    for pid in (1, 2, 3):
        scene.now += 1
        scene.take(BEAT, node=f"w{pid}@far", pid=pid)
    scene.tell()
    assert [worker.pid for worker in scene.watch.workers] == [2, 3]


def test_the_names_of_others_are_known_from_their_answers_and_their_events(scene: Scene) -> None:
    scene.watch.answered(("w9@far",))
    scene.take(BEAT)
    assert scene.watch.names == {"w9@far", "w1@far"}


def test_it_listens_when_others_answer_unless_a_person_decides(scene: Scene) -> None:
    scene.watch.answered(())
    assert not scene.watch.listens
    scene.watch.wait_to_be_asked()
    scene.watch.answered(("w9@far",))
    assert not scene.watch.listens
    scene.watch.listen()
    assert scene.watch.listens


def test_others_that_answer_are_listened_to(scene: Scene) -> None:
    scene.watch.answered(("w9@far",))
    assert scene.watch.listens


def test_a_new_listener_counts_anew(scene: Scene) -> None:
    scene.take(Digest(received=5))
    scene.watch.begin()
    assert scene.watch.workers == ()


async def test_events_are_enabled_by_a_person_only(scene: Scene) -> None:
    scene.take(BEAT)
    scene.tell()
    assert scene.host.asked == []
    assert await scene.watch.enable_events(["w1@far"]) == {"w1@far"}
    assert scene.host.asked == [("enable_events", {"timeout_s": 1.0, "nodes": ["w1@far"]})]


async def test_nothing_is_started_until_it_is_to_listen(scene: Scene) -> None:
    async with asyncio.TaskGroup() as jobs:
        running = jobs.create_task(scene.watch.run())
        for _ in range(20):
            await asyncio.sleep(0)
        running.cancel()  # it has no containment to start anything in


if sys.platform != "win32":

    @contextmanager
    def foreign_worker(
        server: Server, *options: str, version: str = "5.7.0"
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A literal command that somebody typed elsewhere."""
        command = "-m celery -A tasky worker --pool=solo -n w1@far --without-mingle"
        process = subprocess.Popen(
            [str(python_with_celery(version)), *command.split(), *options],
            cwd=PROJECTS / "tasky",
            env={**os.environ, **broker_variables(server.url)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)

    def foreigner(own: Fleet) -> Foreign:
        (worker,) = own.session.watch.workers
        return worker

    async def test_the_tasks_of_a_foreign_worker_are_counted(server: Server) -> None:
        async with fleet(server.url, watch_others=True) as own:
            await own.session.look_around()
            with foreign_worker(server, "-E", version="5.2.7") as process:
                await own.until(lambda: own.session.watch.workers)
                for name, *args in (("add", 1, 2), ("boom", "no"), ("add", 3)):
                    await own.send(name, *args)
                await own.until(lambda: foreigner(own).digest.succeeded == 2)
                await own.until(lambda: foreigner(own).events and foreigner(own).processed == 3)
                worker = foreigner(own)
                assert (worker.name, worker.pid) == ("w1@far", process.pid)
                assert worker.celery == "5.2.7"
                digest = worker.digest
                assert (digest.received, digest.started, digest.failed) == (3, 3, 1)
                assert (digest.running, worker.missed) == (0, 0)
                assert [(task.name, task.how) for task in digest.last] == [
                    ("tasky.add", "succeeded"),
                    ("tasky.boom", "failed"),
                    ("tasky.add", "succeeded"),
                ]
                process.terminate()
                await own.until(lambda: foreigner(own).presence is Presence.OFFLINE)
        assert any(isinstance(change, ForeignChanged) for change in own.changes)

    async def test_without_events_its_heartbeats_count_until_events_are_enabled(
        server: Server,
    ) -> None:
        with foreign_worker(server):
            async with fleet(server.url, watch_others=True) as own:
                await own.session.look_around()
                await own.until(lambda: own.session.watch.workers)
                await own.send("add", 1)
                await own.until(lambda: foreigner(own).events is False)
                assert (foreigner(own).processed, foreigner(own).digest.is_empty) == (1, True)
                await own.session.watch.enable_events(["w1@far"])
                await own.send("add", 2)
                await own.until(lambda: foreigner(own).digest.succeeded == 1)
                await own.until(lambda: foreigner(own).events)
                assert foreigner(own).missed == 0

    async def test_a_foreign_worker_that_is_seen_is_listened_to_and_ours_are_not_mixed_in(
        server: Server,
    ) -> None:
        with foreign_worker(server, "-E"):
            async with fleet(server.url) as own:
                while not (await own.session.look_around()).foreign:
                    pass  # it is on its way up
                await own.start()
                await own.until(lambda: own.session.watch.workers)
                assert foreigner(own).name == "w1@far"
                assert own.name("worker1") != "w1@far"
