"""A spare process waits for the name under which it is to work."""

import asyncio
import os
import signal
import sys

import psutil
import pytest

from core.workers.phase import Phase
from tests.support.broker import Server
from tests.support.fleets import fleet

if sys.platform == "win32":
    pytest.skip("there is no server", allow_module_level=True)


async def test_a_killed_worker_is_replaced_by_the_spare_one(server: Server) -> None:
    async with fleet(server.url, 2, spare=True) as own:
        await own.start()
        spare = await own.until_spare()
        os.kill(own.pid("worker1"), signal.SIGKILL)
        await own.until(lambda: own.workers["worker1"].pid == spare)
        await own.until_phase(Phase.READY)
        ids = await own.send("add", 1, count=20)
        await own.until_ended(*ids)
        assert {own.task(task_id).state for task_id in ids} == {"succeeded"}
        assert {own.task(task_id).worker for task_id in ids} <= {
            w.name for w in own.workers.values()
        }
        await own.until_spare()


async def test_who_asks_for_a_restart_gets_fresh_code(server: Server) -> None:
    async with fleet(server.url, 1, spare=True) as own:
        await own.start()
        spare = await own.until_spare()
        own.session.restart()
        await own.until(lambda: own.workers["worker1"].run == 2)
        await own.until_phase(Phase.READY)
        assert own.pid("worker1") != spare


async def test_the_spare_one_goes_with_the_last_worker(server: Server) -> None:
    async with fleet(server.url, 1, spare=True) as own:
        await own.start()
        spare = await own.until_spare()
        own.session.stop()
        await own.until_phase(Phase.EXITED)
        async with asyncio.timeout(10):
            while psutil.pid_exists(spare):
                await asyncio.sleep(0.02)


async def test_a_spare_one_that_dies_is_no_loss(server: Server) -> None:
    async with fleet(server.url, 1, spare=True) as own:
        await own.start()
        spare = await own.until_spare()
        os.kill(spare, signal.SIGKILL)
        os.kill(own.pid("worker1"), signal.SIGKILL)
        await own.until(lambda: own.workers["worker1"].run == 2)
        await own.until_phase(Phase.READY)
        await own.until_spare()


async def test_without_the_wish_there_is_none(server: Server) -> None:
    async with fleet(server.url, 1) as own:
        await own.start()
        assert [spares._spare for spares in own.session.supervisor._spares.values()] == [None]
