"""Flower is asked whom it sees until it sees all that answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.flower.health import is_healthy
from core.flower.plan import FlowerPlan
from core.flower.running import run_flower
from core.flower.watching import Sight, make_workers_seen
from core.workers.containment import make_containment
from tests.support.answers import Answers


@pytest.fixture
async def page(plan: FlowerPlan) -> AsyncIterator[FlowerPlan]:
    """It runs, and sees w1@box."""
    async with make_containment() as containment, asyncio.TaskGroup() as jobs:
        job = jobs.create_task(run_flower(plan, containment, lambda state: None))
        async with asyncio.timeout(30):
            while not await is_healthy(plan):
                await asyncio.sleep(0.02)
        yield plan
        job.cancel()


async def test_workers_that_answer_and_are_seen_are_named(page: FlowerPlan) -> None:
    answers = Answers(enable_events={"nodes": ["w1@box"]})
    assert await make_workers_seen(page, answers.calls) == Sight(("w1@box",))
    assert [kind for kind, _ in answers.asked] == ["enable_events"]


async def test_a_worker_that_it_never_hears_is_told_in_the_end(page: FlowerPlan) -> None:
    answers = Answers(enable_events={"nodes": ["w1@box", "w2@box"]})
    sight = await make_workers_seen(page, answers.calls, limit_s=0.1)
    assert sight == Sight(("w1@box",), ("w2@box",))


async def test_without_workers_there_is_nobody_to_wait_for(page: FlowerPlan) -> None:
    answers = Answers(enable_events={"nodes": []})
    assert await make_workers_seen(page, answers.calls) == Sight(("w1@box",))
