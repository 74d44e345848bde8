"""The real program, closed and opened again."""

import asyncio
import json
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from core.errors import FleetError
from core.logs.level import Level
from core.project.folder import project_name
from desktop.app import show
from desktop.keeping import keeper as module
from desktop.keeping.arrangement import PIXELS
from desktop.keeping.files import file_of_all, file_of_project, read
from desktop.keeping.keeper import Keeper
from desktop.leaving.choice import AtClose
from desktop.logpane.filter import Filter
from desktop.logpane.manner import Manner
from desktop.logpane.times import TimeFormat
from desktop.run.grid import Layout
from desktop.run.log_state import LogState
from desktop.run.page import RunPage
from desktop.theme.theme import Choice, Theme
from desktop.widgets.error_card import ErrorCard
from desktop.window import Window
from tests.support.qt import emitted, run_in_qt
from tests.support.qt import until as until_at_most

SCREEN = QRect(0, 0, 1920, 1040)
LOGS = LogState(Layout.COLUMNS, "a", "b", False, ("WARNING", "ERROR", "CRITICAL"))
ERRORS = Filter("boom", levels=frozenset({Level.ERROR, Level.CRITICAL}))


@pytest.fixture(autouse=True)
def large_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that nobody sees is smaller than the window."""
    monkeypatch.setattr(module, "areas", lambda: (SCREEN,))


@asynccontextmanager
async def program(application: QApplication, folder: Path) -> AsyncGenerator[Window]:
    """Its window; it is closed at the end."""
    application.setQuitOnLastWindowClosed(False)  # as `run` does
    async with asyncio.TaskGroup() as jobs:
        showing = jobs.create_task(show(application, folder))
        await until(lambda: windows(application) != [])
        (window,) = windows(application)
        try:
            yield window
        finally:
            window.close()
            await showing


def windows(application: QApplication) -> list[Window]:
    return [each for each in application.topLevelWidgets() if isinstance(each, Window)]


until = partial(until_at_most, limit_s=30)


async def arranged(window: Window) -> RunPage:
    """The page, once it is as it was."""
    keeper = window.findChild(Keeper)
    assert keeper is not None
    await emitted(keeper.arranged)
    assert window.run is not None
    return window.run


def test_a_window_that_is_opened_again_is_as_it_was(
    qapp: QApplication, tmp_path: Path, project: Path
) -> None:
    async def live() -> None:
        async with program(qapp, tmp_path) as window:
            window.open_folder(str(project))
            page = await arranged(window)
            window.setGeometry(20, 30, 1300, 720)
            chosen = replace(LOGS, maximised=page.rows.ours[1].worker.name)
            page.logs.restore(chosen)
            page.drawer.show_tab("Tasks")
            page.sides.setSizes([500, 700])
            page.left.setSizes([200, 300])
            window.choices.note(project_name(project), AtClose.STOP)
            one, other = page.logs.panes
            one.view.choose(wrap=True, time=TimeFormat.NONE, size=15)
            other.filter_by(ERRORS)
            themes = qapp.findChildren(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)
            themes[-1].choose(Choice.LIGHT)
            left, sides = page.left.sizes(), page.sides.sizes()
        async with program(qapp, tmp_path) as window:
            page = await arranged(window)
            assert window.geometry().getRect() == (20, 30, 1300, 720)
            assert page.logs.state() == chosen
            assert (page.drawer.isVisible(), page.drawer.tab) == (True, "Tasks")
            assert page.sides.sizes() == sides
            # rounded, for while the window was closing a card took some of the height
            assert page.left.sizes() == pytest.approx(left, abs=2)
            assert window.choices.of(project_name(project)) is AtClose.STOP
            one, other = page.logs.panes
            assert one.view.manner == other.view.manner == Manner(True, TimeFormat.NONE, 15)
            assert (one.document.filter, other.document.filter) == (Filter(), ERRORS)
            assert (one.filter_bar.isVisible(), other.filter_bar.isVisible()) == (False, True)
            assert other.filter_bar.filter == ERRORS
            themes = qapp.findChildren(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)
            assert themes[-1].choice is Choice.LIGHT

    run_in_qt(qapp, live())


def test_a_maximised_window_comes_back_so_and_knows_its_place(
    qapp: QApplication, tmp_path: Path, project: Path
) -> None:
    async def live() -> None:
        async with program(qapp, tmp_path) as window:
            window.setGeometry(20, 30, 1300, 720)
            window.showMaximized()
        async with program(qapp, tmp_path) as window:
            assert window.isMaximized()
            assert window.normalGeometry().getRect() == (20, 30, 1300, 720)

    run_in_qt(qapp, live())


def test_a_hidden_drawer_stays_hidden_and_has_its_height_when_it_is_shown(
    qapp: QApplication, tmp_path: Path, project: Path
) -> None:
    async def live() -> None:
        async with program(qapp, tmp_path) as window:
            window.open_folder(str(project))
            page = await arranged(window)
            page.left.setSizes([200, 300])
            heights = page.left.sizes()
            file = file_of_project(tmp_path, project_name(project))
            await until(
                lambda: file.exists() and read(file)[0].numbers("left", PIXELS) == (*heights,)
            )
            page.toggle_drawer()
        async with program(qapp, tmp_path) as window:
            page = await arranged(window)
            assert not page.drawer.isVisible()
            page.toggle_drawer()
            await until(lambda: page.left.sizes() == heights)

    run_in_qt(qapp, live())


def test_a_project_that_was_closed_is_not_opened_again(
    qapp: QApplication, tmp_path: Path, project: Path
) -> None:
    async def live() -> None:
        async with program(qapp, tmp_path) as window:
            window.open_folder(str(project))
            page = await arranged(window)
            page.logs.arrange(Layout.ONE)
            window._desk.close()
            await emitted(window._desk.closed)
        async with program(qapp, tmp_path) as window:
            assert window.welcome.isVisible()
            window.open_folder(str(project))
            page = await arranged(window)
            assert page.logs.panes.grid.layout_kind is Layout.ONE

    run_in_qt(qapp, live())


def test_a_project_that_is_gone_is_told_on_the_welcome_page(
    qapp: QApplication, tmp_path: Path, project: Path
) -> None:
    async def live() -> None:
        async with program(qapp, tmp_path) as window:
            window.open_folder(str(project))
            await arranged(window)
        shutil.rmtree(project)
        async with program(qapp, tmp_path) as window:
            (error,) = await emitted(window._desk.failed)
            assert isinstance(error, FleetError)
            assert error.what == "the project shop is gone"
            assert window.welcome.isVisible()
            assert window.findChild(ErrorCard) is not None
        async with program(qapp, tmp_path) as window:
            assert window.findChild(ErrorCard) is None  # it was told

    run_in_qt(qapp, live())


def test_a_window_on_a_screen_that_is_gone_comes_to_one_that_is_there(
    qapp: QApplication, tmp_path: Path, project: Path
) -> None:
    async def live() -> None:
        place = {"x": 9000, "y": -3000, "width": 1200, "height": 700}
        file_of_all(tmp_path).write_text(json.dumps({"window": place}))
        async with program(qapp, tmp_path) as window:
            assert SCREEN.contains(window.geometry())

    run_in_qt(qapp, live())


def test_a_broken_file_is_told_once_and_stops_nothing(
    qapp: QApplication, tmp_path: Path, project: Path
) -> None:
    async def live() -> None:
        file_of_all(tmp_path).write_text("{")
        async with program(qapp, tmp_path) as window:
            assert window.isVisible()
            card = window.findChild(ErrorCard)
            assert card is not None
            assert str(file_of_all(tmp_path)) in card.accessibleName()
        assert json.loads(file_of_all(tmp_path).read_text())["theme"] == "system"
        async with program(qapp, tmp_path) as window:
            assert window.findChild(ErrorCard) is None

    run_in_qt(qapp, live())


def test_what_settles_is_written_while_the_window_is_open(
    qapp: QApplication, tmp_path: Path, project: Path
) -> None:
    async def live() -> None:
        async with program(qapp, tmp_path) as window:
            window.setGeometry(20, 30, 1300, 720)
            file = file_of_all(tmp_path)
            await until(file.exists)
            assert json.loads(file.read_text())["window"]["width"] == 1300

    run_in_qt(qapp, live())
