"""The real window on the demo: real workers, a real broker, mouse and keyboard."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.session import Session
from core.tasks.call import TaskCall
from core.workers.phase import Phase
from desktop.commands.palette import Palette
from desktop.desk import Desk
from desktop.run.page import RunPage
from desktop.theme.theme import Theme
from desktop.welcome.recents import Recents
from desktop.widgets.error_card import ErrorCard
from desktop.window import DEMO_WORKERS, Window
from tests.support.program import homes
from tests.support.qt import emitted, run_in_qt


@pytest.fixture(autouse=True)
def own_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)


Play = Callable[["Stage"], Awaitable[None]]


class Stage:
    """The window, the desk, and what a person does with them."""

    def __init__(self, window: Window, desk: Desk, qtbot: QtBot) -> None:
        self.window = window
        self.desk = desk
        self.qtbot = qtbot

    @property
    def session(self) -> Session:
        assert self.desk.session is not None
        return self.desk.session

    @property
    def page(self) -> RunPage:
        assert self.window.run is not None
        return self.window.run

    def press(self, label: str) -> None:
        """Click the button of this label that can be seen."""
        buttons = self.window.findChildren(QPushButton)
        button = next(each for each in buttons if each.text() == label and each.isVisible())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    async def until_shown(self, *words: str) -> None:
        """Wait until the table says this of the workers, in order."""
        while True:
            rows = (self.page.rows.at(place) for place in range(self.page.rows.rowCount()))
            if tuple(row.look.label for row in rows) == words:
                return
            await emitted(self.page.rows.dataChanged)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something of the session, and until the window has heard of it."""
        await self.session.until(holds)
        self.desk.hub.flush()


@pytest.fixture
def play(qapp: QApplication, theme: Theme, tmp_path: Path, qtbot: QtBot) -> Callable[[Play], None]:
    """Plays a scene; no process is left after it."""

    async def live(scene: Play) -> None:
        async with asyncio.TaskGroup() as jobs:
            desk = Desk(jobs, dict(os.environ))
            recents = Recents(tmp_path / "recent.json")
            window = Window(theme, desk, recents, asyncio.get_running_loop().time)
            window.show()
            await scene(Stage(window, desk, qtbot))
            desk.close()
            await desk.gone()
            window.deleteLater()

    def run(scene: Play) -> None:
        before = set(psutil.Process().children(recursive=True))
        run_in_qt(qapp, live(scene))
        assert set(psutil.Process().children(recursive=True)) <= before

    return run


async def open_demo(stage: Stage) -> None:
    stage.press("Start the demo")
    await emitted(stage.desk.opened)
    await stage.until_shown(*["Ready"] * DEMO_WORKERS)


def test_from_the_first_click_to_ready_workers_and_done_tasks(play: Callable[[Play], None]) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        call = TaskCall("celery_queue.tasks.add", (), {"x": 1, "y": 2}, count=20)
        await stage.session.send(call)
        totals = stage.session.ledger.counts.totals
        await stage.until(lambda: totals().succeeded == 20)
        assert "20 done" in stage.window.status.text()
        done = [stage.page.rows.at(place).counts.succeeded for place in range(DEMO_WORKERS)]
        assert sum(done) == 20

    play(scene)


def test_a_worker_that_is_killed_is_seen_to_go_and_to_come_back(
    play: Callable[[Play], None],
) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        victim = stage.session.supervisor.workers[1]
        assert victim.pid is not None
        psutil.Process(victim.pid).kill()
        await stage.until(lambda: stage.session.supervisor.workers[1].restarts == 1)
        await stage.until_shown(*["Ready"] * DEMO_WORKERS)
        stage.page.choose(victim.name)
        stage.page.drawer.show_tab("Restarts")
        words = [each.text() for each in stage.page.drawer.findChildren(QLabel) if each.isVisible()]
        assert any("killed from outside" in text for text in words)

    play(scene)


def test_the_fleet_grows_and_shrinks_by_its_number(play: Callable[[Play], None]) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.window.top.scaled.emit(6)
        await stage.until_shown(*["Ready"] * 6)
        assert len(stage.page.grid.visible_names()) == 6
        stage.window.top.scaled.emit(2)
        await stage.until(lambda: len(stage.session.supervisor.workers) == 2)
        await stage.until_shown("Ready", "Ready")

    play(scene)


def test_a_stop_lets_the_running_task_finish_and_shows_it(play: Callable[[Play], None]) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        call = TaskCall("celery_queue.tasks.report", (), {"pages": 3, "seconds_per_page": 0.5})
        (task_id,) = await stage.session.send(call)
        workers = stage.session.supervisor
        await stage.until(lambda: any(worker.task for worker in workers.workers))
        stage.press("Stop all")
        busy = next(worker.name for worker in workers.workers if worker.task)
        await stage.until(lambda: _phase(stage, busy) is Phase.STOPPING)
        place = stage.page.rows.row(busy)
        assert place is not None
        assert stage.page.rows.at(place).detail.startswith("finishing celery_queue.tasks.report")
        await stage.until(stage.session.all_gone)
        await stage.until_shown(*["Exited"] * DEMO_WORKERS)
        task = stage.session.ledger.task(task_id)
        assert task is not None
        assert task.state == "succeeded"

    play(scene)


def _phase(stage: Stage, name: str) -> Phase:
    workers = stage.session.supervisor.workers
    return next(worker.phase for worker in workers if worker.name == name)


def test_a_project_that_cannot_be_opened_is_told_and_the_welcome_stays(
    play: Callable[[Play], None], tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        stage.window.open_folder(str(tmp_path / "nowhere"))
        (error,) = await emitted(stage.desk.failed)
        assert isinstance(error, FleetError)
        card = stage.window.findChild(ErrorCard)
        assert card is not None
        assert card.isVisible()
        assert stage.window.welcome.isVisible()

    play(scene)


def test_the_palette_restarts_a_worker(play: Callable[[Play], None]) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.press("Search or run a command")
        palette = stage.window.findChild(Palette)
        assert palette is not None
        stage.qtbot.keyClicks(palette.focusWidget(), "restworker2")
        stage.qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
        await stage.until(lambda: stage.session.supervisor.workers[1].restarts == 1)

    play(scene)


def test_closing_the_project_leads_back_to_the_welcome(play: Callable[[Play], None]) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.desk.close()
        await emitted(stage.desk.closed)
        assert stage.window.welcome.isVisible()
        assert stage.window.run is None

    play(scene)
