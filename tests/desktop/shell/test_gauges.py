"""The real window tells what waits on its broker and what its workers use."""

from PySide6.QtWidgets import QLabel

from core.tasks.call import TaskCall
from desktop.shell.gauges import Gauges
from desktop.widgets.badge import Badge
from tests.desktop.conftest import Player
from tests.support.qt import emitted, until
from tests.support.stage import Stage, open_demo


def broker(stage: Stage) -> str:
    badges = stage.window.top.findChildren(Badge)
    return next(each.accessibleName() for each in badges if "broker" in each.accessibleName())


def load(stage: Stage) -> QLabel:
    labels = stage.window.status.findChildren(QLabel)
    return next(each for each in labels if each.accessibleName() == "Load")


def test_waiting_messages_and_load_are_told_while_workers_run(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        gauges = stage.window.findChild(Gauges)
        assert gauges is not None
        kwargs = {"title": "Year", "pages": 400, "seconds_per_page": 0.5}
        await stage.session.send(TaskCall("celery_queue.tasks.report", (), kwargs, count=12))
        await stage.until(lambda: all(each.task for each in stage.session.supervisor.workers))
        gauges.clock.timeout.emit()
        await until(lambda: broker(stage).endswith("queued"))
        while not load(stage).text():
            await emitted(stage.desk.hub.usage_sampled)
        assert "CPU" in load(stage).text() and "MB" in load(stage).text()
        assert "Solofleet:" in load(stage).toolTip()
        stage.session.stop(now=True)
        await stage.until(stage.session.all_gone)
        before = broker(stage)
        gauges.clock.timeout.emit()
        assert broker(stage) == before
        stage.desk.close()
        await emitted(stage.desk.closed)
        assert load(stage).text() == ""

    play(scene)
