"""The tray of the real window; the system's part in it is not there without a screen."""

import signal

import psutil
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QSystemTrayIcon

from core.workers.phase import Phase
from core.workers.phase import Stage as Life
from desktop.leaving.choice import AtClose
from desktop.leaving.question import LeaveQuestion
from desktop.notices.notice import Kind, Notice
from desktop.tray.icon import tray_icon
from desktop.tray.standing import IDLE, RUNNING
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage, open_demo


def entry(stage: Stage, text: str) -> QAction:
    (action,) = (each for each in stage.window.tray.menu.actions() if each.text() == text)
    return action


def test_it_shows_how_the_fleet_is_and_offers_what_can_be_done(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        tray = stage.window.tray
        tokens = stage.theme.tokens
        assert tray.icon.icon().cacheKey() == tray_icon(IDLE, tokens).cacheKey()
        assert tray.icon.toolTip() == "Solofleet: no project is open"
        assert not entry(stage, "Start all workers").isEnabled()
        assert entry(stage, "Quit").isEnabled()
        await open_demo(stage)
        assert tray.icon.icon().cacheKey() == tray_icon(RUNNING, tokens).cacheKey()
        assert tray.icon.toolTip() == "Solofleet: demo\n4 of 4 up, 0 busy"
        assert not entry(stage, "Start all workers").isEnabled()
        entry(stage, "Stop all workers").trigger()
        await stage.until(stage.session.all_gone)
        entry(stage, "Start all workers").trigger()
        await stage.until(
            lambda: all(each.phase is Phase.READY for each in stage.session.supervisor.workers)
        )

    play(scene, tray=True)


def test_kept_in_the_tray_the_workers_go_on_and_the_window_comes_back(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.window.close()
        (box,) = stage.window.findChildren(LeaveQuestion)
        keep = next(b for b in box.findChildren(QPushButton) if b.text() == "Keep in tray")
        keep.click()
        assert not stage.window.isVisible()
        assert all(each.stage is Life.UP for each in stage.session.supervisor.workers)
        stage.window.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        assert stage.window.isVisible()
        stage.window.choices.note(stage.session.project.name, AtClose.KEEP)
        stage.window.close()
        assert not stage.window.isVisible()
        entry(stage, "Show Solofleet").trigger()
        assert stage.window.isVisible()

    play(scene, tray=True)


def test_where_there_is_no_tray_what_was_remembered_of_it_is_asked_anew(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.window.choices.note(stage.session.project.name, AtClose.KEEP)
        stage.window.close()
        (box,) = stage.window.findChildren(LeaveQuestion)
        assert stage.window.isVisible()
        assert "Keep in tray" not in [each.text() for each in box.findChildren(QPushButton)]
        assert not stage.window.tray.icon.isVisible()
        box.reject()

    play(scene)


def test_its_quit_stops_all_and_shows_the_window_meanwhile(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        stage.window.leaver.left.connect(stage.desk.close)
        await open_demo(stage)
        processes = stage.started()
        stage.window.tray.keep()
        entry(stage, "Stop all and quit").trigger()
        assert stage.window.isVisible()
        assert stage.window.leaver.ladder.isVisible()
        await emitted(stage.desk.closed)
        assert psutil.wait_procs(processes, timeout=10)[1] == []

    play(scene, tray=True)


def test_a_click_on_what_popped_up_leads_to_the_worker(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        told: list[Notice] = []
        tray = stage.window.tray
        tray.toasts.wanted.connect(told.append)
        victim = stage.session.supervisor.workers[3]
        assert victim.pid is not None
        tray.keep()
        psutil.Process(victim.pid).send_signal(signal.SIGSEGV)
        await stage.until(lambda: stage.session.supervisor.workers[3].phase is not Phase.READY)
        await stage.until(lambda: bool(told))
        assert (told[0].kind, told[0].who) == (Kind.CRASH, victim.name)
        tray.icon.messageClicked.emit()
        assert stage.window.isVisible()
        current = stage.page.current()
        assert current is not None
        assert current.worker.name == victim.name

    play(scene, tray=True)
