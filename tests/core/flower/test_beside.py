"""Flower beside the workers of a session: real workers, a real Flower."""

import http.client
import sys
from base64 import b64encode
from pathlib import Path

import psutil
import pytest

from core.errors import FleetError
from core.flower import beside as module
from core.flower.beside import Beside, flower_row, greet_flower, start_flower
from core.flower.plan import NAME
from core.flower.port import HOST
from core.places import DEMO
from core.rows.address import address_of
from core.workers.phase import Phase, Worker
from tests.support.broker import Server
from tests.support.fleets import Fleet, fleet_of
from tests.support.program import homes
from tests.support.projects import project
from tests.support.venvs import python_with, python_with_celery

if sys.platform == "win32":
    pytest.skip("there is no server", allow_module_level=True)

APP = "celery_queue.celery_app"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)


def row_of(own: Fleet) -> Worker:
    (row,) = own.session.company.rows
    return row


def status(beside: Beside, path: str, *, login: bool) -> int:
    plan, headers = beside.plan, dict[str, str]()
    if login:
        headers["Authorization"] = f"Basic {b64encode(plan.access.variable().encode()).decode()}"
    connection = http.client.HTTPConnection(HOST, plan.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("own_flower", [False, True], ids=["the project's", "solofleet's own"])
async def test_it_is_a_row_that_sees_the_workers_and_asks_for_the_login(
    own_flower: bool, server: Server
) -> None:
    wanted = ("celery[redis]==5.7.0", "flower==2.2.0")
    python = python_with_celery("5.7.0") if own_flower else python_with(*wanted)
    demo = project(DEMO, APP, python=python, name="demo-beside")
    async with fleet_of(demo, server.url, 2) as own:
        await own.start()
        beside = await start_flower(own.session)
        assert beside.own is own_flower
        await own.until(lambda: row_of(own).phase is Phase.READY)
        sight = await greet_flower(own.session, beside)
        assert sorted(sight.seen) == sorted(worker.name for worker in own.workers.values())
        assert own.session.company.address(NAME) == beside.plan.url
        assert status(beside, "/", login=False) == 401
        assert status(beside, "/", login=True) == 200
        password = beside.plan.access.password.reveal()
        pid = row_of(own).pid
        assert pid is not None
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        assert not any(password in " ".join(process.cmdline()) for process in family)
        store = own.session.log(NAME)
        assert not any(password in line for line in store.slice(store.first, store.end))
        own.session.stop(NAME)
        await own.until(lambda: not row_of(own).alive)
        assert all(worker.alive for worker in own.workers.values())


async def test_once_it_has_ended_it_can_be_started_again(server: Server) -> None:
    demo = project(DEMO, APP, python=python_with_celery("5.7.0"), name="demo-beside")
    async with fleet_of(demo, server.url, 1) as own:
        first = await start_flower(own.session)
        own.session.stop(NAME, now=True)
        await own.until(lambda: not row_of(own).alive)
        second = await start_flower(own.session)
        await own.until(lambda: row_of(own).phase is Phase.READY)
        assert status(second, "/healthcheck", login=False) == 200
        assert first.plan.access.user == second.plan.access.user


async def test_a_flower_that_does_not_run_is_refused_and_nothing_is_started(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = project(DEMO, APP, python=python_with_celery("5.7.0"), name="demo-beside")
    refused = FleetError("Flower 0.9 does not run", "it is too old", "install a newer one")

    def refuse(versions: object, interpreter: object) -> bool:
        raise refused

    monkeypatch.setattr(module, "project_has_flower", refuse)
    async with fleet_of(demo, server.url, 1) as own:
        with pytest.raises(FleetError) as told:
            await start_flower(own.session)
        assert told.value is refused
        assert own.session.company.rows == ()


async def test_the_row_hides_its_login(server: Server) -> None:
    demo = project(DEMO, APP, python=python_with_celery("5.7.0"), name="demo-beside")
    async with fleet_of(demo, server.url, 1) as own:
        beside = await start_flower(own.session)
        row = flower_row(beside.plan)
        password = beside.plan.access.password.reveal()
        assert password not in repr(row)
        assert password not in repr(beside)
        assert any(password in secret for secret in row.secrets)
        assert address_of(row) == beside.plan.url
