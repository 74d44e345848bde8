"""The real window tells what waits on its broker and what its workers use."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QLabel

from core.tasks.call import TaskCall
from desktop.logpane.trouble_card import TroubleCard
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
        stage.desk.hub.flush()
        assert load(stage).text() == ""
        before = broker(stage)
        gauges.clock.timeout.emit()
        assert broker(stage) == before
        stage.desk.close()
        await emitted(stage.desk.closed)
        assert load(stage).text() == ""

    play(scene)


if sys.platform != "win32":
    from tests.support.broker import Server

    def test_a_broker_that_goes_and_comes_back_leaves_nothing_on_the_screen(
        play: Player, project: Path, own_server: Server
    ) -> None:
        settings = project / "solofleet.toml"
        settings.write_text(settings.read_text().replace('broker = "builtin"\n', ""))
        (project / ".env").write_text(f"REDIS_URL={own_server.url}\n")

        async def scene(stage: Stage) -> None:
            gauges = stage.window.findChild(Gauges)
            assert gauges is not None
            stage.window.open_folder(str(project))
            await emitted(stage.desk.opened)
            stage.press("Start all")
            await stage.until_shown("Ready", "Ready")
            own_server.stop()
            await stage.until_shown("Broker lost", "Broker lost")
            gauges.clock.timeout.emit()
            await until(lambda: "no answer" in badges(stage))
            await until(lambda: len(cards(stage)) == 2)
            own_server.start()
            await stage.until_shown("Ready", "Ready")
            gauges.clock.timeout.emit()
            await until(lambda: "no answer" not in badges(stage))
            assert cards(stage) == []
            stage.desk.close()
            await stage.desk.gone()
            own_server.stop()  # its second process is none of those that were there before

        play(scene)

    def badges(stage: Stage) -> str:
        return " ".join(each.accessibleName() for each in stage.window.top.findChildren(Badge))

    def cards(stage: Stage) -> list[TroubleCard]:
        return [each for each in stage.page.findChildren(TroubleCard) if each.isVisible()]
