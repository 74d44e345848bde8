"""Writing what is to be remembered."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from core.errors import FleetError
from desktop.keeping.files import read
from desktop.keeping.pen import Pen


async def test_the_latest_of_each_file_is_written(tmp_path: Path) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    async with asyncio.TaskGroup() as jobs:
        pen = Pen(lambda work: (jobs.create_task(work), None)[1])
        for number in range(3):
            for file in files:
                pen.write(file, {"n": number})
    assert [read(file)[0].number("n", 9, range(9)) for file in files] == [2, 2]


async def test_what_cannot_be_written_is_told_once_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "folder").touch()
    file = tmp_path / "folder" / "a.json"
    told: list[FleetError] = []
    async with asyncio.TaskGroup() as jobs:

        async def guarded(work: Coroutine[Any, Any, object]) -> None:
            try:
                await work
            except FleetError as error:
                told.append(error)

        async def write() -> None:
            pen.write(file, {})
            await asyncio.wait([started.pop()])

        started: list[asyncio.Task[None]] = []
        pen = Pen(lambda work: started.append(jobs.create_task(guarded(work))))
        await write()
        await write()
        assert len(told) == 1
        (tmp_path / "folder").unlink()
        await write()
        assert file.exists()
    assert len(told) == 1
