"""A real project, opened and closed in Qt's loop."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication

from core.errors import FleetError
from core.places import DEMO
from core.project.opening import open_project
from core.secret import Secret
from core.settings import MAX_WORKERS
from core.tasks.call import TaskCall
from core.wishes import Wishes
from core.workers.phase import Phase
from desktop.desk import Desk
from tests.support.program import homes
from tests.support.qt import emitted, heard_by, run_in_qt

BUILTIN = Wishes(workers=2, broker=Secret("builtin"), name="worker%i@box")


@pytest.fixture(autouse=True)
def own_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)


def at_desk(qapp: QApplication, work: Callable[[Desk], Awaitable[None]]) -> None:
    """Do something with a desk; nothing that it started is left."""

    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            desk = Desk(jobs, dict(os.environ))
            await work(desk)
            desk.close()
            await desk.gone()

    before = set(psutil.Process().children(recursive=True))
    run_in_qt(qapp, live())
    assert set(psutil.Process().children(recursive=True)) <= before


def open_demo(desk: Desk, wishes: Wishes = BUILTIN, *, start: bool = False) -> None:
    app = "celery_queue.celery_app"
    desk.open(str(DEMO), wishes, app=app, python=sys.executable, start=start)


def test_the_demo_is_opened_its_workers_start_and_run_a_task(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        open_demo(desk, start=True)
        await emitted(desk.opened)
        session = desk.session
        assert session is not None
        workers = session.supervisor
        await session.until(
            lambda: [worker.phase for worker in workers.workers] == [Phase.READY] * 2
        )
        call = TaskCall("celery_queue.tasks.add", (), {"x": 1, "y": 2})
        desk.do(session.send(call))
        while True:
            (moved,) = await emitted(desk.hub.tasks_changed)
            if [change.result for change in moved.values()] == ["3"]:
                break

    at_desk(qapp, work)


def test_a_folder_that_cannot_be_run_is_told_by_its_path(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(desk: Desk) -> None:
        path = str(tmp_path / "nowhere")
        desk.open(path, BUILTIN)
        assert await emitted(desk.unfit) == (path,)
        assert desk.session is None

    at_desk(qapp, work)


def test_a_project_that_was_read_is_opened_as_it_is(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        project = open_project(DEMO, python=sys.executable)
        desk.open_project(project)
        await emitted(desk.opened)
        assert desk.session is not None
        assert desk.session.project is project

    at_desk(qapp, work)


def test_another_project_takes_the_place_of_the_first(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        open_demo(desk)
        await emitted(desk.opened)
        first = desk.session
        open_demo(desk)
        await emitted(desk.closed)
        await emitted(desk.opened)
        assert desk.session is not None
        assert desk.session is not first

    at_desk(qapp, work)


def test_what_is_open_is_read_again_and_started(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        desk.reopen()  # nothing is open
        project = open_project(DEMO, python=sys.executable)
        for begin in (lambda: open_demo(desk), lambda: desk.open_project(project)):
            begin()
            await emitted(desk.opened)
            desk.reopen()
            await emitted(desk.opened)
            session = desk.session
            assert session is not None
            assert session.project is not project
            assert session.project.root == DEMO

    at_desk(qapp, work)


def test_a_project_that_is_closed_while_it_is_opened_does_not_stay(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        open_demo(desk)
        await emitted(desk.opening)
        desk.close()
        await desk.gone()
        assert desk.session is None

    at_desk(qapp, work)


def test_a_project_that_is_closed_before_its_turn_is_never_opened(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        opened: list[None] = []
        desk.opening.connect(lambda: opened.append(None))
        open_demo(desk)
        desk.close()
        await desk.gone()
        assert opened == []

    at_desk(qapp, work)


def test_of_projects_that_are_opened_at_once_the_last_one_stays(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        for count in (1, 2, 3):
            open_demo(desk, replace(BUILTIN, workers=count))
        await emitted(desk.opened)
        assert desk.session is not None
        assert len(desk.session.supervisor.workers) == 3

    at_desk(qapp, work)


def test_a_broker_of_our_own_that_dies_is_told(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        others = set(psutil.Process().children(recursive=True))
        open_demo(desk)
        await emitted(desk.opened)
        for child in set(psutil.Process().children(recursive=True)) - others:
            if "redis" in child.name() or "valkey" in child.name():
                child.kill()
        (error,) = await emitted(desk.failed)
        assert isinstance(error, FleetError)
        assert "built-in broker" in error.what
        assert desk.session is not None

    at_desk(qapp, work)


def test_a_click_that_cannot_be_followed_is_told(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        open_demo(desk)
        await emitted(desk.opened)
        failed: list[FleetError] = []
        desk.failed.connect(failed.append)
        desk.scale(MAX_WORKERS + 1)
        assert [error.why for error in failed] == [f"one machine gets {MAX_WORKERS} at most"]

    at_desk(qapp, work)


def test_a_mistake_of_ours_is_told_and_ends_nothing(qapp: QApplication) -> None:
    async def mistake() -> None:
        raise ZeroDivisionError("by zero")

    async def work(desk: Desk) -> None:
        met: list[object] = []
        handle = lambda loop, context: met.append(context["exception"])  # noqa: E731
        asyncio.get_running_loop().set_exception_handler(handle)
        desk.do(mistake())
        (error,) = await emitted(desk.failed)
        assert "ZeroDivisionError" in error.why
        assert isinstance(met[0], ZeroDivisionError)

    at_desk(qapp, work)


def test_clicks_without_a_project_do_nothing(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        desk.start()
        desk.stop()
        desk.restart()
        desk.scale(3)
        assert desk.session is None

    at_desk(qapp, work)


def test_workers_are_scaled_and_stopped(qapp: QApplication) -> None:
    async def work(desk: Desk) -> None:
        open_demo(desk)
        await emitted(desk.opened)
        session = desk.session
        assert session is not None
        desk.scale(3)
        await session.until(lambda: len(session.supervisor.workers) == 3)
        desk.start("worker1@box")
        await session.until(lambda: session.supervisor.workers[0].phase is Phase.READY)
        desk.restart("worker1@box")
        await session.until(lambda: session.supervisor.workers[0].restarts == 1)
        desk.stop(now=True)
        await session.until(session.all_gone)

    at_desk(qapp, work)


SLOW = """\
import time
from celery import Celery
time.sleep(0.5)
app = Celery("slow")
"""


def slow_project(folder: Path, url: str) -> Path:
    """One whose app takes a while to be imported."""
    (folder / "slow.py").write_text(SLOW)
    python = json.dumps(sys.executable)
    settings = f'app = "slow"\npython = {python}\nbroker = "{url}"\nworkers = 2\n'
    (folder / "solofleet.toml").write_text(settings)
    return folder


if sys.platform != "win32":
    from tests.support.broker import Server

    def test_who_starts_all_twice_starts_them_once(
        qapp: QApplication, tmp_path: Path, server: Server
    ) -> None:
        root = slow_project(tmp_path, server.url)

        async def work(desk: Desk) -> None:
            failed = heard_by(desk.failed)
            begun = heard_by(desk.beginning)
            desk.open(str(root), Wishes(name="worker%i@box"))
            await emitted(desk.opened)
            session = desk.session
            assert session is not None
            desk.start()
            desk.start()
            assert begun == [(True,)]
            workers = session.supervisor
            await session.until(
                lambda: [worker.phase for worker in workers.workers] == [Phase.READY] * 2
            )
            assert begun == [(True,), (False,)]
            assert failed == []
            assert [worker.run for worker in workers.workers] == [1, 1]

        at_desk(qapp, work)

    def test_a_project_that_is_closed_while_its_workers_are_about_to_start_tells_no_error(
        qapp: QApplication, tmp_path: Path, server: Server
    ) -> None:
        root = slow_project(tmp_path, server.url)

        async def work(desk: Desk) -> None:
            failed = heard_by(desk.failed)
            desk.open(str(root), Wishes(), start=True)
            await emitted(desk.beginning)
            desk.close()
            await desk.gone()
            assert failed == []

        at_desk(qapp, work)
