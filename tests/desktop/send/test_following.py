"""What is followed, without a project; test_sender.py follows real tasks."""

import asyncio

from PySide6.QtWidgets import QApplication

from core.tasks.task import TaskChanged
from desktop.desk import Desk
from desktop.send.following import Following
from tests.support.qt import emitted, run_in_qt


def test_usual_run_times_are_learned_from_what_succeeded(qapp: QApplication) -> None:
    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            desk = Desk(jobs, {})
            following = Following(desk, lambda task: None)
            for number, (state, ran) in enumerate(
                [("succeeded", 1.0), ("succeeded", 3.0), ("failed", 9.0), ("started", None)]
            ):
                change = TaskChanged(str(number), "add", None, state, ran, None, None)  # type: ignore[arg-type]
                desk.hub.take(change)
            desk.hub.flush()
            assert following.typical("add") == 2.0
            assert following.typical("other") is None
            await emitted(following.times_changed)

    run_in_qt(qapp, live())
