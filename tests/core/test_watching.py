"""Bursts of changes of real files."""

import asyncio
from contextlib import aclosing
from pathlib import Path

from core.watching import bursts_below
from tests.support.waiting import touch_on_and_on


async def test_only_what_is_wanted_is_told(tmp_path: Path) -> None:
    async with asyncio.timeout(60), asyncio.TaskGroup() as jobs:
        files = tmp_path / "unwanted.log", tmp_path / "wanted.py"
        touching = jobs.create_task(touch_on_and_on(*files))
        bursts = bursts_below(tmp_path, lambda file: file.suffix == ".py", burst_ms=500)
        async with aclosing(bursts):
            assert await anext(bursts) == {files[1]}
        touching.cancel()
