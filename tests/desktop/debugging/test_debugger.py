"""Into the debugger and out of it, in the real window with real workers."""

import asyncio

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu

from core.errors import FleetError
from core.places import DEMO, DEMO_APP
from core.secret import Secret
from core.wishes import BUILTIN, Wishes
from core.workers.phase import Phase
from desktop.debugging.dialog import AttachDialog
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage, open_demo
from tests.support.venvs import python_with


async def open_with_debugpy(stage: Stage) -> None:
    python = str(python_with("celery[redis]==5.7.0", "debugpy==1.8.17"))
    wishes = Wishes(workers=2, broker=Secret(BUILTIN))
    stage.desk.open(str(DEMO), wishes, app=DEMO_APP, python=python, start=True)
    await emitted(stage.desk.opened)
    await stage.until_shown("Ready", "Ready")


def menu_of(stage: Stage, name: str) -> QMenu:
    """The menu of a worker's pane, as a click on its "more" opens it."""
    pane = stage.page.logs.panes.pane(name)
    menus: list[QMenu] = []
    pane.menu_made.connect(menus.append)
    pane.open_menu(pane.mapToGlobal(pane.rect().center()))
    return menus[0]


def entry(menu: QMenu, text: str) -> QAction:
    return next(each for each in menu.actions() if each.text() == text)


def words(dialog: AttachDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel))


def test_from_the_menu_of_its_pane_a_worker_comes_under_debugpy(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_with_debugpy(stage)
        second = stage.session.supervisor.workers[1].name
        menu = menu_of(stage, second)
        entry(menu, "Debug worker2…").trigger()
        menu.close()
        await stage.until(lambda: stage.session.supervisor.workers[1].run == 2)
        await stage.until(lambda: stage.session.supervisor.workers[1].phase is Phase.READY)
        port = stage.session.supervisor.debug_port(second)
        dialog = stage.window.debugger.dialog
        assert dialog is not None
        assert dialog.isVisible()
        assert f"It listens at 127.0.0.1:{port}." in words(dialog)
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        dialog.close()
        assert stage.window.debugger.dialog is None
        menu = menu_of(stage, second)
        entry(menu, "Attach an editor to worker2…").trigger()
        again = stage.window.debugger.dialog
        assert again is not None
        again.ended.emit()
        menu.close()
        await stage.until(lambda: stage.session.supervisor.workers[1].run == 3)
        assert stage.session.supervisor.debug_port(second) is None

    play(scene)


def test_without_debugpy_a_card_has_the_command_for_that_interpreter(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        labels = [each.label for each in stage.window.deeds.listed()]
        assert "Debug worker1…" in labels
        command = next(e for e in stage.window.deeds.listed() if e.label == "Debug worker1…")
        command.run()
        (error,) = await emitted(stage.desk.failed)
        assert isinstance(error, FleetError)
        assert str(stage.session.project.interpreter.path) in error.why
        assert "debugpy" in error.fix
        assert stage.window.debugger.dialog is None
        assert stage.session.supervisor.workers[0].run == 1

    play(scene)
