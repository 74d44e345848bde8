"""A real process that serves a page: its states, and its end."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import psutil
import pytest

from core.errors import FAILED, UNAVAILABLE, FleetError
from core.flower.health import is_healthy, lets_in, seen_workers
from core.flower.plan import FlowerPlan
from core.flower.running import FlowerState, PortTaken, Stage, run_flower
from core.workers.containment import make_containment
from tests.support.waiting import wait_until

Orders = Callable[[str], None]


class Watcher:
    """Remembers the states, and waits for one."""

    def __init__(self) -> None:
        self.states: list[FlowerState] = []
        self._news = asyncio.Event()

    def __call__(self, state: FlowerState) -> None:
        self.states.append(state)
        self._news.set()

    @property
    def stages(self) -> list[Stage]:
        return [state.stage for state in self.states]

    async def until(self, *stages: Stage) -> None:
        async with asyncio.timeout(30):
            while self.stages != list(stages):
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def serving(
    plan: FlowerPlan, **times: Any
) -> AsyncIterator[tuple[Watcher, asyncio.Task[None]]]:
    """It runs for the time of the block, and what it was started in holds nothing afterwards."""
    watcher = Watcher()
    async with make_containment() as containment, asyncio.TaskGroup() as jobs:
        job = jobs.create_task(run_flower(plan, containment, watcher, look_s=0.05, **times))
        yield watcher, job
        job.cancel()


async def test_it_is_ready_once_it_answers_and_ends_with_its_owner(plan: FlowerPlan) -> None:
    async with serving(plan) as (watcher, _):
        await watcher.until(Stage.STARTING, Stage.READY)
        (process,) = [p for p in psutil.Process().children() if str(plan.port) in p.cmdline()]
        assert (await lets_in(plan), await seen_workers(plan)) == (True, {"w1@box"})
    wait_until(lambda: not process.is_running(), 5, "its end")
    assert not await is_healthy(plan)


async def test_one_that_answers_no_more_is_unhealthy_until_it_does(
    plan: FlowerPlan, orders: Orders
) -> None:
    seen = [Stage.STARTING, Stage.READY]
    async with serving(plan) as (watcher, _):
        await watcher.until(*seen)
        orders("ill")
        await watcher.until(*seen, Stage.UNHEALTHY)
        assert watcher.states[-1].why == f"{plan.ready_url} does not answer"
        orders("well")
        await watcher.until(*seen, Stage.UNHEALTHY, Stage.READY)


async def test_one_that_does_not_come_up_is_unhealthy_and_may_still_come(
    plan: FlowerPlan, orders: Orders
) -> None:
    orders("ill")
    async with serving(plan, start_s=0.2) as (watcher, _):
        await watcher.until(Stage.STARTING, Stage.UNHEALTHY)
        orders("well")
        await watcher.until(Stage.STARTING, Stage.UNHEALTHY, Stage.READY)


async def test_its_end_is_told_with_its_last_lines_and_without_the_password(
    plan: FlowerPlan, orders: Orders
) -> None:
    with pytest.RaisesGroup(pytest.RaisesExc(FleetError)) as caught:
        async with serving(plan) as (watcher, _):
            await watcher.until(Stage.STARTING, Stage.READY)
            orders("end")
            await asyncio.Event().wait()
    error = caught.value.exceptions[0]
    assert isinstance(error, FleetError)
    assert (error.what, error.exit_code) == ("Flower has ended", FAILED)
    assert "code 3" in error.why
    assert "ValueError: enough" in error.why
    assert "the password is ***" in error.why
    assert watcher.stages[-1] is Stage.ENDED


async def test_a_port_that_somebody_took_meanwhile_is_told_apart(plan: FlowerPlan) -> None:
    with (
        socket.create_server(("127.0.0.1", plan.port)),
        pytest.RaisesGroup(pytest.RaisesExc(PortTaken, match=str(plan.port))),
    ):
        async with serving(plan):
            await asyncio.Event().wait()


async def test_one_that_ends_at_once_did_not_come_up(plan: FlowerPlan) -> None:
    broken = replace(plan, argv=(sys.executable, "-c", "import flowers"), first_words=b"")
    with pytest.RaisesGroup(pytest.RaisesExc(FleetError)) as caught:
        async with serving(broken):
            await asyncio.Event().wait()
    error = caught.value.exceptions[0]
    assert isinstance(error, FleetError)
    assert (error.what, error.exit_code) == ("Flower did not come up", UNAVAILABLE)
    assert "the module flowers is not installed" in error.why
    assert "import flowers" in error.fix
