"""The way to the Deploy page."""

import asyncio
import subprocess
import sys

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.deploy.entrance import Entrance
from desktop.deploy.page import DeployPage
from desktop.desk import Desk
from desktop.theme.theme import Theme
from tests.support.qt import run_in_qt


def test_the_window_needs_nothing_of_the_page_before_somebody_goes_there() -> None:
    code = "import sys, desktop.app; print('desktop.deploy.deployer' in sys.modules, "
    code += "'core.render.preflight' in sys.modules, 'ruamel' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False"] * 3


def test_the_page_is_made_once_when_it_is_first_shown(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            entrance = Entrance(theme, Desk(jobs, {}))
            qtbot.addWidget(entrance.hall)
            assert entrance.hall.findChild(DeployPage) is None
            entrance.hall.show()
            page = entrance.hall.findChild(DeployPage)
            assert page is not None
            assert page.isVisible()
            entrance.hall.hide()
            entrance.hall.show()
            assert entrance.hall.findChildren(DeployPage) == [page]
            assert page.isVisible()

    run_in_qt(qapp, live())


def test_what_can_be_done_is_possible_with_a_project_only(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            entrance = Entrance(theme, Desk(jobs, {}))
            qtbot.addWidget(entrance.hall)
            assert [each.possible() for each in entrance.commands()] == [False] * 3

    run_in_qt(qapp, live())
