"""Flower without the user's app, as it is started."""

import asyncio
import os
from pathlib import Path

from core.broker.builtin import free_port
from core.flower.access import Access
from core.flower.health import is_healthy, lets_in
from core.flower.plan import alone
from core.flower.running import run_flower
from core.secret import Secret
from core.workers.containment import make_containment
from core.workers.spec import WorkerSpec

LIMIT_S = 60


async def test_it_serves_with_the_settings_that_it_is_told(tmp_path: Path) -> None:
    spec = WorkerSpec(Path("python"), "shop", tmp_path, dict(os.environ))
    access = Access("me", Secret("sesame-street"), "in a test")
    settings = {"broker_url": "memory://"}
    plan = alone(spec, settings, tmp_path, access, free_port(), "fl")
    async with make_containment() as containment, asyncio.TaskGroup() as jobs:
        job = jobs.create_task(run_flower(plan, containment, lambda state: None))
        async with asyncio.timeout(LIMIT_S):
            while not await is_healthy(plan):
                await asyncio.sleep(0.05)
        assert await lets_in(plan)
        job.cancel()


async def test_code_in_its_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('user code')")
    await test_it_serves_with_the_settings_that_it_is_told(tmp_path)
