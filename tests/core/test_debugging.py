"""One worker under debugpy, while the others go on."""

import asyncio
import sys

import pytest

from core.debugging import USUAL_PORT, debug, debug_no_more
from core.errors import UNAVAILABLE, USAGE, FleetError
from core.workers.mode import Mode
from core.workers.phase import Phase
from tests.support.broker import Server
from tests.support.fleets import fleet
from tests.support.venvs import python_with

if sys.platform == "win32":
    pytest.skip("there is no server", allow_module_level=True)


def with_debugpy() -> dict[str, object]:
    return {"python": python_with("celery[redis]==5.7.0", "debugpy==1.8.17")}


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_one_worker_is_restarted_under_debugpy_and_back(server: Server) -> None:
    async with fleet(server.url, 2, **with_debugpy()) as own:
        await own.start()
        second = own.workers["worker2"].name
        port = await debug(own.session, second)
        await own.until(lambda: own.workers["worker2"].run == 2)
        await own.until_phase(Phase.READY)
        assert await listens(port)
        assert (own.workers["worker1"].run, own.workers["worker2"].run) == (1, 2)
        assert own.session.supervisor.debug_port(second) == port
        ids = await own.send("pid", count=6)
        await own.until_ended(*ids)
        assert own.totals.succeeded == 6
        debug_no_more(own.session, second)
        await own.until(lambda: own.workers["worker2"].run == 3)
        await own.until_phase(Phase.READY)
        assert not await listens(port)
        assert own.session.supervisor.debug_port(second) is None


async def test_a_worker_that_is_restarted_by_itself_keeps_its_port(server: Server) -> None:
    async with fleet(server.url, 1, spare=True, **with_debugpy()) as own:
        await own.start()
        await own.until_spare()
        name = own.workers["worker1"].name
        port = await debug(own.session, name)
        await own.until(lambda: own.workers["worker1"].run == 2)
        await own.until_phase(Phase.READY)
        (task_id,) = await own.send("die")
        await own.until_ended(task_id)
        await own.until(lambda: own.workers["worker1"].run == 3)
        await own.until_phase(Phase.READY)
        assert await listens(port)


async def test_two_debugged_workers_have_ports_of_their_own(server: Server) -> None:
    async with fleet(server.url, 2, **with_debugpy()) as own:  # not started: nobody listens yet
        first, second = (worker.name for worker in own.session.supervisor.workers)
        ports = {await debug(own.session, first), await debug(own.session, second)}
        assert len(ports) == 2
        assert await debug(own.session, first) in ports


async def test_without_debugpy_nothing_changes_and_the_command_is_told(server: Server) -> None:
    async with fleet(server.url, 1) as own:
        await own.start()
        name = own.workers["worker1"].name
        with pytest.raises(FleetError) as refused:
            await debug(own.session, name)
        python = own.session.project.interpreter.path
        assert str(python) in refused.value.why
        assert refused.value.fix.startswith(str(python))
        assert refused.value.fix.endswith('-m pip install "debugpy"')
        assert refused.value.exit_code == UNAVAILABLE
        assert own.workers["worker1"].run == 1
        assert own.session.supervisor.debug_port(name) is None


async def test_the_literal_command_is_not_debugged(server: Server) -> None:
    async with fleet(server.url, 1, mode=Mode.PLAIN) as own:
        with pytest.raises(FleetError, match="plain mode") as refused:
            await debug(own.session, own.workers["worker1"].name)
        assert refused.value.exit_code == USAGE


async def test_the_worker_of_the_option_has_the_port_of_the_option(server: Server) -> None:
    async with fleet(server.url, 2, debug_port=USUAL_PORT, **with_debugpy()) as own:
        first, second = (worker.name for worker in own.session.supervisor.workers)
        assert own.session.supervisor.debug_port(first) == USUAL_PORT
        assert own.session.supervisor.debug_port(second) is None
