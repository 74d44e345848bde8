"""The way out of the real window, with real workers."""

from typing import cast

import psutil
from PySide6.QtCore import Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QLabel

from core.tasks.call import TaskCall
from core.workers.phase import Stage as Life
from desktop.leaving.choice import AtClose
from desktop.leaving.question import LeaveQuestion
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage, open_demo

LONG = TaskCall("celery_queue.tasks.report", (), {"pages": 100, "seconds_per_page": 1.0})
SHORT = TaskCall("celery_queue.tasks.report", (), {"pages": 3, "seconds_per_page": 0.5})


async def open_busy(stage: Stage, call: TaskCall) -> str:
    """The demo with one busy worker; the id of its task."""
    stage.window.leaver.left.connect(stage.desk.close)
    await open_demo(stage)
    (task_id,) = await stage.session.send(call)
    await stage.until(lambda: any(worker.task for worker in stage.session.supervisor.workers))
    return task_id


def question(stage: Stage) -> LeaveQuestion:
    found = [box for box in stage.window.findChildren(LeaveQuestion) if box.isVisible()]
    assert len(found) == 1
    return found[0]


def ladder_words(stage: Stage) -> list[str]:
    ladder = stage.window.leaver.ladder
    return [each.text() for each in ladder.findChildren(QLabel) if each.isVisible()]


def test_where_nothing_runs_the_window_closes_unasked(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        left: list[bool] = []
        stage.window.leaver.left.connect(lambda: left.append(True))
        stage.window.close()
        assert left == [True]
        assert stage.window.findChild(LeaveQuestion) is None

    play(scene)


def test_it_asks_lets_the_task_finish_and_shows_who_still_does(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        task_id = await open_busy(stage, SHORT)
        session = stage.session
        processes = stage.started()
        stage.window.close()
        box = question(stage)
        told = [each.text() for each in box.findChildren(QLabel)]
        assert "4 workers are running" in told
        assert any(text.startswith("celery_queue.tasks.report, ") for text in told)
        stage.qtbot.keyClick(box, Qt.Key.Key_Return)
        assert stage.window.leaver.ladder.isVisible()
        await stage.until(
            lambda: any(
                each.task and each.stage is Life.STOPPING for each in session.supervisor.workers
            )
        )
        assert any("finishing celery_queue.tasks.report" in text for text in ladder_words(stage))
        await emitted(stage.desk.closed)
        task = session.ledger.task(task_id)
        assert task is not None
        assert task.state == "succeeded"
        assert psutil.wait_procs(processes, timeout=10)[1] == []

    play(scene)


def test_a_second_close_breaks_the_task_off(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        task_id = await open_busy(stage, LONG)
        session = stage.session
        processes = stage.started()
        stage.window.close()
        stage.qtbot.keyClick(question(stage), Qt.Key.Key_Return)
        await stage.until(
            lambda: any(each.stage is Life.STOPPING for each in session.supervisor.workers)
        )
        stage.window.close()
        assert "Running tasks are broken off, then Solofleet closes" in ladder_words(stage)
        await emitted(stage.desk.closed)
        task = session.ledger.task(task_id)
        assert task is not None
        assert task.state == "lost"
        assert psutil.wait_procs(processes, timeout=10)[1] == []

    play(scene)


def test_force_now_does_the_same(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_busy(stage, LONG)
        stage.window.leaver.leave()
        stage.press("Force now")
        await emitted(stage.desk.closed)

    play(scene)


def test_cancel_leaves_all_as_it_was(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.window.close()
        stage.qtbot.keyClick(question(stage), Qt.Key.Key_Escape)
        assert stage.window.isVisible()
        assert not stage.window.leaver.is_leaving
        assert len([each for each in stage.session.supervisor.workers if each.alive]) == 4
        stage.window.close()
        assert question(stage)  # it is asked again
        stage.qtbot.keyClick(question(stage), Qt.Key.Key_Escape)

    play(scene)


def test_what_was_remembered_is_not_asked_again(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_busy(stage, SHORT)
        stage.window.choices.note(stage.session.project.name, AtClose.STOP)
        stage.window.close()
        assert stage.window.findChild(LeaveQuestion) is None
        assert stage.window.leaver.is_leaving
        await emitted(stage.desk.closed)

    play(scene)


def test_an_interrupt_answers_an_open_question(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_busy(stage, SHORT)
        stage.window.close()
        box = question(stage)
        stage.window.leaver.leave()
        assert not box.isVisible()
        await emitted(stage.desk.closed)

    play(scene)


def test_the_end_of_the_persons_session_ends_the_fleet_before_the_answer(play: Player) -> None:
    class Manager:
        def setRestartHint(self, hint: QSessionManager.RestartHint) -> None:
            self.hint = hint

    async def scene(stage: Stage) -> None:
        await open_busy(stage, LONG)
        manager = Manager()
        processes = stage.started()
        # Not from within a job of the loop: Qt calls it from its own.
        closed = emitted(stage.desk.closed)
        stage.later(lambda: stage.window.leaver.session_ends(cast("QSessionManager", manager)))
        await closed
        assert manager.hint is QSessionManager.RestartHint.RestartNever
        assert psutil.wait_procs(processes, timeout=10)[1] == []

    play(scene)
