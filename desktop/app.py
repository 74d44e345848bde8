"""The program behind the window: Qt's loop, the desk, and the end of both."""

import asyncio
import os
from pathlib import Path
from typing import Final

from platformdirs import user_state_path
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from core.cli.interrupts import interrupts
from core.jobs import job_group
from desktop.desk import Desk
from desktop.editor.opener import Opener
from desktop.garbage import Garbage
from desktop.keeping.files import file_of_all, read
from desktop.keeping.habits import read_habits
from desktop.keeping.keeper import Keeper
from desktop.theme.theme import Theme
from desktop.welcome.recents import Recents
from desktop.window import Window

RECENT_FILE: Final = "recent.json"


def run(*, open_demo: bool = False) -> int:
    """Show the window until it is closed; the exit code."""
    application = QApplication(["solofleet"])
    application.setApplicationName("Solofleet")
    application.setQuitOnLastWindowClosed(False)  # what is open is closed first
    Garbage(application)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        folder = user_state_path("solofleet", appauthor=False)
        runner.run(show(application, folder, open_demo=open_demo))
    return 0


async def show(application: QApplication, folder: Path, *, open_demo: bool = False) -> None:
    """The life of one window; `folder` keeps what is remembered from run to run."""
    left = asyncio.Event()
    async with job_group() as jobs:
        desk = Desk(jobs, dict(os.environ))
        now = asyncio.get_running_loop().time
        fields, trouble = read(file_of_all(folder))
        habits = read_habits(fields)
        theme = Theme(application, habits.theme)
        window = Window(theme, desk, Recents(folder / RECENT_FILE), now)
        keeper = Keeper(window, theme, desk, habits, folder)
        opener = Opener(desk, lambda: keeper.habits.editor, os.environ, window)
        window.place_clicked.connect(opener.open)
        leaver = window.leaver
        leaver.left.connect(left.set)
        application.commitDataRequest.connect(leaver.session_ends)
        window.show()
        if trouble is not None:
            window.show_error(trouble)
        if open_demo:
            window.open_demo()
        else:
            keeper.open_last()
        # Python runs the handlers between two steps of its own: the garbage's clock makes some.
        with interrupts(leaver.leave, leaver.leave):
            await left.wait()
            desk.close()
            await desk.gone()
        window.hide()
    window.deleteLater()  # no job is left that tells it something
