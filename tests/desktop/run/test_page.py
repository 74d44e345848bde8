"""The Run page on real workers."""

from PySide6.QtCore import Qt

from core.workers.phase import Phase
from desktop.run.grid import Layout
from tests.desktop.conftest import Player
from tests.support.stage import Stage, open_demo


def test_each_worker_has_a_row_and_a_pane_that_shows_its_log(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        page = stage.page
        assert page.rows.rowCount() == len(page.logs.panes.grid.visible_names()) == 4
        name = page.rows.ours[0].worker.name
        store = stage.session.log(name)
        assert store.end > 0
        assert page.logs.panes.pane(name).document.filter.text == ""

    play(scene)


def test_the_current_worker_is_stopped_started_and_restarted_by_key(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        page = stage.page
        name = page.rows.ours[1].worker.name
        page.choose(name)

        def worker_is(phase: Phase, restarts: int) -> bool:
            worker = stage.session.supervisor.workers[1]
            return (worker.phase, worker.restarts) == (phase, restarts)

        for press, phase, restarts in (
            (page.restart_current, Phase.READY, 1),
            (page.toggle_current, Phase.EXITED, 1),
            (page.toggle_current, Phase.READY, 1),
        ):
            press()
            await stage.until(lambda phase=phase, n=restarts: worker_is(phase, n))
        assert page.drawer.isVisible()

    play(scene)


def test_panes_are_laid_out_maximised_and_reached_by_number(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        page = stage.page
        page.logs.panes.grid.arrange(Layout.ONE)
        assert len(page.logs.panes.grid.visible_names()) == 1
        page.focus_pane(3)
        assert page.logs.panes.grid.visible_names() == (page.rows.ours[2].worker.name,)
        page.focus_pane(9)
        page.toggle_drawer()
        assert page.drawer.isHidden()
        stage.qtbot.keyClick(stage.window, Qt.Key.Key_F4)
        assert not page.drawer.isHidden()

    play(scene)
