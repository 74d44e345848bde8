"""The program behind the window: Qt's loop, the desk, and the end of both."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from core.cli.interrupts import interrupts
from core.jobs import job_group
from core.places import DEMO, state_folder
from core.project.folder import project_name
from core.project.tree import absolute
from desktop.desk import Desk
from desktop.editor.opener import Opener
from desktop.garbage import Garbage
from desktop.instance.doorman import Doorman
from desktop.instance.ring import ring
from desktop.keeping.files import file_of_all, read
from desktop.keeping.habits import read_habits
from desktop.keeping.keeper import Keeper
from desktop.settings.clerk import Clerk
from desktop.theme.theme import Theme
from desktop.welcome.recents import Recents
from desktop.window import Window

RECENT_FILE: Final = "recent.json"


def run(
    application: QApplication,
    ready: Callable[[], object],
    *,
    open_demo: bool = False,
    project: str | None = None,
) -> int:
    """Show the window until it is closed; the exit code. `ready` is called when it is there.

    It has the demo open, or this project, or the one of the last time.
    """
    Garbage(application)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        folder = state_folder()
        runner.run(show(application, folder, ready, open_demo=open_demo, project=project))
    return 0


async def show(
    application: QApplication,
    folder: Path,
    ready: Callable[[], object] = lambda: None,
    *,
    open_demo: bool = False,
    project: str | None = None,
) -> None:
    """The life of one window; `folder` keeps what is remembered from run to run.

    Where another window has the project, that one is shown, and this is all.
    """
    fields, trouble = read(file_of_all(folder))
    habits = read_habits(fields)
    wanted = str(DEMO) if open_demo else project or habits.project
    if wanted and await ring(project_name(absolute(Path(wanted)))):
        sys.stderr.write(f"{Path(wanted).name} is open already: its window comes to the front\n")
        return
    left = asyncio.Event()
    async with job_group() as jobs:
        desk = Desk(jobs, dict(os.environ))
        now = asyncio.get_running_loop().time
        theme = Theme(application, habits.theme)
        window = Window(theme, desk, Recents(folder / RECENT_FILE), now)
        keeper = Keeper(window, theme, desk, habits, folder)
        opener = Opener(desk, lambda: keeper.habits.editor, os.environ, window)
        window.place_clicked.connect(opener.open)
        Doorman(window, theme, desk)
        clerk = Clerk(window, theme, desk, keeper, window.choices, os.environ, opener.open)
        window.rail.settings.connect(clerk.open)
        window.deeds.add(clerk.commands)
        leaver = window.leaver
        leaver.left.connect(left.set)
        application.commitDataRequest.connect(leaver.session_ends)
        window.show()
        ready()
        if trouble is not None:
            window.errors.show(trouble)
        if open_demo:
            window.open_demo()
        elif project is not None:
            window.open_folder(project)
        else:
            keeper.open_last()
        # Python runs the handlers between two steps of its own: the garbage's clock makes some.
        with interrupts(leaver.leave, leaver.leave):
            await left.wait()
            desk.close()
            await desk.gone()
        window.hide()
    window.deleteLater()  # no job is left that tells it something
