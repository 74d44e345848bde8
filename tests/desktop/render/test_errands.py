"""What is under way for a project."""

import asyncio

from PySide6.QtWidgets import QApplication

from desktop.desk import Desk
from desktop.render.errands import Errands
from tests.support.qt import run_in_qt, until


def test_they_are_known_until_they_are_done_or_broken_off(qapp: QApplication) -> None:
    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            errands = Errands(Desk(jobs, {}))
            assert errands.idle
            job = errands.do(asyncio.Event().wait())
            assert not errands.idle
            errands.cancel()
            assert errands.idle
            await until(job.done)

    run_in_qt(qapp, live())
