"""Waiting for a line."""

import asyncio
import re

from core.logs.store import LogStore
from core.rows.hearing import Hearing


async def test_only_lines_that_come_from_now_on_are_heard() -> None:
    store = LogStore()
    store.append(b"up at once\n")
    hearing = Hearing(store)
    async with asyncio.TaskGroup() as jobs:
        waiting = jobs.create_task(hearing.line(re.compile("up")))
        await asyncio.sleep(0)
        store.append(b"not yet\n")
        hearing.hear()
        await asyncio.sleep(0)
        assert not waiting.done()
        store.append(b"it is up now\n")
        hearing.hear()
    assert waiting.result() == "it is up now"
