"""The real window on the demo: real workers, a real broker, mouse and keyboard."""

import asyncio
from pathlib import Path

import psutil
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core.tasks.call import TaskCall
from core.workers.phase import Phase
from desktop.commands.palette import Palette
from desktop.logpane.links import PlaceLink
from desktop.send.traceback_text import Source
from desktop.widgets.error_card import ErrorCard
from desktop.window import DEMO_WORKERS
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage, open_demo


def test_from_the_first_click_to_ready_workers_and_done_tasks(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        call = TaskCall("celery_queue.tasks.add", (), {"x": 1, "y": 2}, count=20)
        await stage.session.send(call)
        totals = stage.session.ledger.counts.totals
        await stage.until(lambda: totals().succeeded == 20)
        assert "20 done" in stage.window.status.text()
        assert sum(row.counts.succeeded for row in stage.page.rows.ours if row.counts) == 20

    play(scene)


def test_a_worker_that_is_killed_is_seen_to_go_and_to_come_back(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        victim = stage.session.supervisor.workers[1]
        assert victim.pid is not None
        psutil.Process(victim.pid).kill()
        await stage.until(lambda: stage.session.supervisor.workers[1].restarts == 1)
        await stage.until_shown(*["Ready"] * DEMO_WORKERS)
        stage.page.choose(victim.name)
        stage.page.drawer.show_tab("Restarts")
        words = [each.text() for each in stage.page.drawer.findChildren(QLabel) if each.isVisible()]
        assert any("killed from outside" in text for text in words)

    play(scene)


def test_the_fleet_grows_and_shrinks_by_its_number(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.window.top.scaled.emit(6)
        await stage.until_shown(*["Ready"] * 6)
        assert len(stage.page.logs.panes.grid.visible_names()) == 6
        stage.window.top.scaled.emit(2)
        await stage.until(lambda: len(stage.session.supervisor.workers) == 2)
        await stage.until_shown("Ready", "Ready")

    play(scene)


def test_a_stop_lets_the_running_task_finish_and_shows_it(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        call = TaskCall("celery_queue.tasks.report", (), {"pages": 3, "seconds_per_page": 0.5})
        (task_id,) = await stage.session.send(call)
        workers = stage.session.supervisor
        await stage.until(lambda: any(worker.task for worker in workers.workers))
        stage.press("Stop all")
        busy = next(worker.name for worker in workers.workers if worker.task)
        await stage.until(lambda: _phase(stage, busy) is Phase.STOPPING)
        row = next(row for row in stage.page.rows.ours if row.worker.name == busy)
        assert row.detail.startswith("finishing celery_queue.tasks.report")
        await stage.until(stage.session.all_gone)
        await stage.until_shown(*["Exited"] * DEMO_WORKERS)
        task = stage.session.ledger.task(task_id)
        assert task is not None
        assert task.state == "succeeded"

    play(scene)


def _phase(stage: Stage, name: str) -> Phase:
    workers = stage.session.supervisor.workers
    return next(worker.phase for worker in workers if worker.name == name)


def test_a_broker_that_dies_is_told_and_marked(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        for child in stage.started():
            if "redis" in child.name() or "valkey" in child.name():
                child.kill()
        (error,) = await emitted(stage.desk.failed)
        cards = [card.accessibleName() for card in stage.window.findChildren(ErrorCard)]
        assert f"Error: {error.what}" in cards
        assert "broker gone" in stage.window.status.text()
        assert "in trouble" in stage.window.rail.buttons[0].accessibleName()

    play(scene)


def test_the_palette_restarts_a_worker(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.press("Search or run a command")
        palette = stage.window.findChild(Palette)
        assert palette is not None
        stage.qtbot.keyClicks(palette.focusWidget(), "restworker2")
        stage.qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
        await stage.until(lambda: stage.session.supervisor.workers[1].restarts == 1)

    play(scene)


def test_closing_the_project_leads_back_to_the_welcome(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.desk.close()
        await emitted(stage.desk.closed)
        assert stage.window.welcome.isVisible()
        assert stage.window.run is None

    play(scene)


def test_the_test_task_panel_comes_by_key_and_goes_by_esc(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.press("Send test task")
        panel = stage.window.test_task.panel
        assert panel.isVisible()
        assert not stage.page.isVisible()
        stage.qtbot.keyClick(panel, Qt.Key.Key_Escape)
        assert stage.page.isVisible()

    play(scene)


def test_a_task_leads_to_its_lines_and_its_life(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        call = TaskCall("celery_queue.tasks.add", (), {"x": 1, "y": 2})
        (task_id,) = await stage.session.send(call)
        totals = stage.session.ledger.counts.totals
        await stage.until(lambda: totals().succeeded == 1)
        task = stage.session.ledger.task(task_id)
        assert task is not None
        assert task.worker is not None
        stage.page.follow_task(task_id)
        follower = stage.page.logs.follower
        assert follower.log is not None
        while len(follower.log.view.strips) < 2:
            await emitted(follower.log.view.looked)
        shown = [strip.row.full() for strip in follower.log.view.strips]
        assert all(task_id in text for text in shown)
        words = [each.text() for each in follower.drawer.findChildren(QLabel)]
        assert {"celery_queue.tasks.add", task.worker.partition("@")[0]} <= set(words)
        stage.qtbot.keyClick(stage.page.table, Qt.Key.Key_Escape)
        assert follower.task is None

    play(scene)


def test_f1_lists_what_can_be_done_with_its_keys(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.qtbot.keyClick(stage.window, Qt.Key.Key_F1)
        sheet = stage.window.key_sheet
        assert sheet.isVisible()
        words = [each.text() for each in sheet.findChildren(QLabel)]
        assert {"Stop all workers", "Find in the pane", "Send test task"} <= set(words)
        assert {"Ctrl+1", "Ctrl+4"} <= set(words)
        stage.qtbot.keyClick(sheet, Qt.Key.Key_F1)
        assert not sheet.isVisible()

    play(scene)


def test_the_palette_finds_tasks_to_send_and_tasks_that_were_sent(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        call = TaskCall("celery_queue.tasks.add", (), {"x": 1, "y": 2})
        (task_id,) = await stage.session.send(call)
        totals = stage.session.ledger.counts.totals
        await stage.until(lambda: totals().succeeded == 1)
        palette = stage.window.palette_box
        palette.open()
        stage.qtbot.keyClicks(palette.focusWidget(), task_id)
        stage.qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
        task = stage.session.ledger.task(task_id)
        assert task is not None
        assert task.worker is not None
        assert stage.page.logs.follower.task == task_id
        palette.open()
        stage.qtbot.keyClicks(palette.focusWidget(), "send print_colours")
        stage.qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
        panel = stage.window.test_task.panel
        assert panel.isVisible()
        draft = panel.call.editor.read().draft
        assert draft is not None
        assert draft.call.task == "celery_queue.tasks.print_colours"

    play(scene)


def test_a_place_in_a_log_or_a_traceback_is_told_to_whoever_opens_it(
    play: Player, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)
        told: list[tuple[str, int]] = []
        stage.window.place_clicked.connect(lambda path, line: told.append((path, line)))
        pane = next(iter(stage.page.logs.panes))
        pane.view.activate(PlaceLink(0, 1, "a.py", 3))
        stage.window.test_task.source.emit(Source("b.py", 4))
        assert told == [("a.py", 3), ("b.py", 4)]

    play(scene)


def test_a_double_click_on_start_starts_and_on_stop_lets_tasks_finish(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        call = TaskCall("celery_queue.tasks.report", (), {"pages": 2, "seconds_per_page": 0.5})
        (task_id,) = await stage.session.send(call)
        workers = stage.session.supervisor
        await stage.until(lambda: any(worker.task for worker in workers.workers))
        await double_click(stage, "Stop all")
        await stage.until(stage.session.all_gone)
        task = stage.session.ledger.task(task_id)
        assert task is not None
        assert task.state == "succeeded"
        await double_click(stage, "Start all")
        await stage.until_shown(*["Ready"] * DEMO_WORKERS)

    play(scene)


async def double_click(stage: Stage, label: str) -> None:
    """Press the button, and once more what is in its place when the window has answered."""
    stage.desk.hub.flush()
    buttons = [each for each in stage.window.top.findChildren(QPushButton) if each.isVisible()]
    button = next(each for each in buttons if each.text() == label)
    place = button.mapTo(stage.window, button.rect().center())
    stage.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    await asyncio.sleep(0)
    stage.desk.hub.flush()
    await asyncio.sleep(0)
    below = stage.window.childAt(place)
    stage.qtbot.mouseDClick(below, Qt.MouseButton.LeftButton)
    stage.qtbot.mouseRelease(below, Qt.MouseButton.LeftButton)


def test_what_failed_in_a_project_is_not_seen_when_another_is_open(
    play: Player, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        for child in stage.started():
            if "redis" in child.name() or "valkey" in child.name():
                child.kill()
        await emitted(stage.desk.failed)
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)
        assert not [each for each in stage.window.findChildren(ErrorCard) if each.isVisible()]
        assert "trouble" not in stage.window.rail.buttons[0].accessibleName()
        assert "gone" not in stage.window.status.text()

    play(scene)


def test_a_folder_that_is_open_already_is_shown_and_its_workers_go_on(
    play: Player, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)
        session = stage.session
        stage.press("Send test task")
        stage.window.open_folder(str(project))
        assert stage.page.isVisible()
        await asyncio.sleep(0)
        assert stage.session is session

    play(scene)
