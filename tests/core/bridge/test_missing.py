"""Waiting tasks of an idle fleet are searched for, and found, lost, or let be."""

from collections.abc import Awaitable, Callable, Sequence

import pytest

from core.bridge import missing
from core.bridge.calls import Whereabouts
from core.bridge.missing import SELDOM, WHY, Missing
from core.errors import FleetError
from core.jobs import job_group
from core.tasks.facts import Settled
from core.tasks.ledger import Ledger
from tests.support.clock import MovedLoop, run_moved

AWAY = FleetError("whereabouts failed", "the broker is away", "see")


class FakeCalls:
    """A broker where tasks lie in a queue, or ended, or are nowhere."""

    def __init__(self) -> None:
        self.waiting: set[str] = set()
        self.ended: dict[str, str] = {}
        self.away = False
        self.asked: list[tuple[str, ...]] = []

    async def whereabouts(self, ids: Sequence[str]) -> Whereabouts:
        self.asked.append(tuple(ids))
        if self.away:
            raise AWAY
        waiting = self.waiting.intersection(ids)
        ended = {
            task_id: {"state": self.ended[task_id], "result": "3"}
            for task_id in ids
            if task_id in self.ended
        }
        gone = frozenset(ids) - waiting - ended.keys()
        return Whereabouts(frozenset(waiting), frozenset(), ended, gone)


class World:
    """A fleet that is `idle`, its books, and what was found out."""

    def __init__(self, loop: MovedLoop) -> None:
        self.loop = loop
        self.calls = FakeCalls()
        self.ledger = Ledger()
        self.idle: object | None = "nothing happens"
        self.found: list[tuple[str, str, str | None]] = []
        self.lost: list[tuple[str, ...]] = []
        self.missing = Missing(
            self.calls,  # type: ignore[arg-type]
            self.ledger,
            idle=lambda: self.idle,
            found=self._found,
            lost=self._lost,
        )

    def _found(self, fact: Settled) -> None:
        self.found.append((fact.id, fact.state, fact.exception))
        self.ledger.apply("elsewhere", 0, fact, 0.0)

    def _lost(self, ids: tuple[str, ...], why: str) -> None:
        assert why == WHY
        self.lost.append(ids)
        self.ledger.mark_lost(ids, why, 0.0)

    def send(self, *ids: str) -> None:
        self.ledger.sent(ids, "shop.add", 0.0)


def watched(test: Callable[[World], Awaitable[None]]) -> None:
    """Run it with a watch that lasts as long as the test."""

    async def main(loop: MovedLoop) -> None:
        world = World(loop)
        async with job_group() as jobs:
            watch = jobs.create_task(world.missing.watch())
            await loop.pass_time(0.05)
            await test(world)
            watch.cancel()

    run_moved(main)


def test_a_task_that_is_nowhere_twice_in_a_row_is_lost() -> None:
    async def test(world: World) -> None:
        world.send("a")
        await world.loop.pass_time(2.5)
        assert (world.calls.asked, world.lost) == ([("a",)], [])
        await world.loop.pass_time(1)
        assert world.lost == [("a",)]
        await world.loop.pass_time(5)
        assert world.calls.asked == [("a",)] * 2

    watched(test)


def test_a_task_that_was_only_on_its_way_is_not_lost() -> None:
    async def test(world: World) -> None:
        world.send("a")
        await world.loop.pass_time(2.5)
        world.calls.waiting.add("a")
        await world.loop.pass_time(5)
        assert len(world.calls.asked) >= 2
        assert world.lost == []

    watched(test)


def test_a_task_that_ended_elsewhere_is_found_with_its_result() -> None:
    async def test(world: World) -> None:
        world.send("a", "b")
        world.calls.ended = {"a": "SUCCESS", "b": "FAILURE"}
        await world.loop.pass_time(5)
        assert world.found == [("a", "succeeded", "3"), ("b", "failed", "3")]
        assert world.lost == []

    watched(test)


def test_tasks_in_a_queue_that_nobody_consumes_are_searched_for_ever_more_seldom() -> None:
    async def test(world: World) -> None:
        world.send("a", "b")
        world.calls.waiting = {"a", "b"}
        await world.loop.pass_time(50)
        assert world.calls.asked == [("a", "b")] * 6  # at the 1st, 2nd, 4th, 8th ... look
        await world.loop.pass_time(10 * SELDOM)
        assert 15 < len(world.calls.asked) < 22
        world.calls.waiting = {"b"}  # somebody emptied the queue
        await world.loop.pass_time(SELDOM + 10)
        assert world.lost == [("a",)]

    watched(test)


def test_very_many_waiting_tasks_are_searched_for_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(missing, "MOST", 2)

    async def test(world: World) -> None:
        world.send("a", "b", "c", "d", "e")
        world.calls.waiting = {"a", "c", "d", "e"}
        await world.loop.pass_time(6)
        assert world.calls.asked[:3] == [("a", "b"), ("b", "c", "d"), ("a", "c")]
        assert world.lost == [("b",)]

    watched(test)


def test_while_anything_moves_nothing_is_searched() -> None:
    async def test(world: World) -> None:
        world.send("a")
        for number in range(5):
            world.idle = number
            await world.loop.pass_time(1)
        world.idle = None
        await world.loop.pass_time(5)
        assert world.calls.asked == []
        world.idle = "again"
        for number in range(5):
            world.send(f"b{number}")
            await world.loop.pass_time(1)
        assert world.calls.asked == []

    watched(test)


def test_a_suspicion_does_not_outlast_the_silence() -> None:
    async def test(world: World) -> None:
        world.send("a")
        await world.loop.pass_time(2.5)
        world.idle = "a worker was restarted"
        await world.loop.pass_time(1)
        world.idle = "and again"
        await world.loop.pass_time(1)
        assert world.lost == []
        await world.loop.pass_time(3)
        assert world.lost == [("a",)]

    watched(test)


def test_a_fleet_without_waiting_tasks_asks_nothing() -> None:
    async def test(world: World) -> None:
        await world.loop.pass_time(10)
        assert world.calls.asked == []

    watched(test)


def test_while_the_broker_is_away_nothing_is_concluded() -> None:
    async def test(world: World) -> None:
        world.send("a")
        world.calls.away = True
        await world.loop.pass_time(10)
        assert len(world.calls.asked) > 5
        world.calls.away = False
        world.calls.waiting.add("a")
        await world.loop.pass_time(5)
        assert world.lost == []

    watched(test)
