"""The program, from its window's first moment to its last."""

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app import show
from desktop.window import Window
from tests.support.qt import run_in_qt


def test_it_ends_when_its_window_is_closed(qapp: QApplication, tmp_path: Path) -> None:
    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            showing = jobs.create_task(show(qapp, tmp_path))
            await asyncio.sleep(0)
            shown = (each for each in qapp.topLevelWidgets() if each.isVisible())
            (window,) = (each for each in shown if isinstance(each, Window))
            window.close()
            await showing

    run_in_qt(qapp, live())
