"""The real window on the demo, played by mouse and keyboard."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Set
from pathlib import Path

import psutil
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.session import Session
from desktop.desk import Desk
from desktop.run.page import RunPage
from desktop.theme.theme import Theme
from desktop.welcome.recents import Recents
from desktop.window import DEMO_WORKERS, Window
from tests.support.qt import emitted, run_in_qt

Play = Callable[["Stage"], Awaitable[None]]


class Stage:
    """The window, the desk, and what a person does with them; `before` are processes of others."""

    def __init__(
        self,
        window: Window,
        desk: Desk,
        qtbot: QtBot,
        theme: Theme,
        before: Set[psutil.Process],
    ) -> None:
        self.theme = theme
        self.window = window
        self._before = before
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

    def started(self) -> list[psutil.Process]:
        """The processes of this scene; a server of other tests is none of them."""
        return [
            each for each in psutil.Process().children(recursive=True) if each not in self._before
        ]

    def press(self, label: str) -> None:
        """Click the button of this label that can be seen."""
        buttons = self.window.findChildren(QPushButton)
        button = next(each for each in buttons if each.text() == label and each.isVisible())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def later(self, deed: Callable[[], object]) -> None:
        """Have Qt's own loop do it, as the system does, and no job of ours."""
        QTimer.singleShot(0, self.window, deed)

    async def until_shown(self, *words: str) -> None:
        """Wait until the table says this of the workers, in order."""
        while True:
            if tuple(row.look.label for row in self.page.rows.ours) == words:
                return
            await emitted(self.page.rows.dataChanged)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something of the session, and until the window has heard of it."""
        await self.session.until(holds)
        self.desk.hub.flush()


def play(
    scene: Play,
    application: QApplication,
    theme: Theme,
    folder: Path,
    qtbot: QtBot,
    *,
    tray: bool = False,
) -> None:
    """Play a scene; no process is left after it. `folder` keeps what the window remembers.

    `tray`: the window believes that there is one.
    """

    before = set(psutil.Process().children(recursive=True))

    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            desk = Desk(jobs, dict(os.environ))
            recents = Recents(folder / "recent.json")
            now = asyncio.get_running_loop().time
            window = Window(theme, desk, recents, now, lambda: tray)
            window.show()
            await scene(Stage(window, desk, qtbot, theme, before))
            desk.close()
            await desk.gone()
        window.deleteLater()

    application.setQuitOnLastWindowClosed(False)  # as the program has it
    run_in_qt(application, live())
    assert set(psutil.Process().children(recursive=True)) <= before


async def open_demo(stage: Stage) -> None:
    stage.press("Start the demo")
    await emitted(stage.desk.opened)
    await stage.until_shown(*["Ready"] * DEMO_WORKERS)
