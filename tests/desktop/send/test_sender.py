"""The panel with a real project: what is sent runs, what fails is told, what is wrong stays."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.places import DEMO
from core.secret import Secret
from core.tasks.call import TaskCall
from core.wishes import Wishes
from desktop.desk import Desk
from desktop.send.draft import Draft
from desktop.send.field_input import LineInput
from desktop.send.following import NOBODY, UNREAD
from desktop.send.json_tab import JsonEdit
from desktop.send.kept import kept_file, read_kept
from desktop.send.picker import READ_AGAIN
from desktop.send.row_list import RowList
from desktop.send.sender import Sender
from desktop.send.traceback_text import Source
from desktop.send.traceback_view import TracebackView
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.combo import Combo
from tests.support.program import homes
from tests.support.qt import emitted, run_in_qt

NEW_TASK = """


@celery_app.task
def brand_new() -> None:
    pass
"""
BUILTIN = Wishes(workers=2, broker=Secret("builtin"), name="worker%i@box")


@pytest.fixture(autouse=True)
def own_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)


class Hand:
    """Mouse and keyboard at the panel of an open project."""

    def __init__(self, qtbot: QtBot, sender: Sender, desk: Desk) -> None:
        self.qtbot, self.sender, self.desk = qtbot, sender, desk
        self.panel = sender.panel
        self.rows = sender.following.rows
        self.panel.resize(1300, 800)
        self.panel.show()

    async def choose(self, letters: str, task: str) -> None:
        search = self.panel.picker.search
        search.clear()
        self.qtbot.keyClicks(search, letters)
        assert self.panel.picker.tasks.current() == task
        self.qtbot.keyClick(search, Qt.Key.Key_Return)

    def fill(self, name: str, text: str) -> None:
        line = next(
            each for each in self.panel.findChildren(LineInput) if each.accessibleName() == name
        )
        line.clear()
        self.qtbot.keyClicks(line, text)

    def option(self, name: str, text: str) -> None:
        line = next(
            each for each in self.panel.findChildren(QLineEdit) if each.accessibleName() == name
        )
        line.clear()
        self.qtbot.keyClicks(line, text)

    def queue(self, name: str) -> None:
        combo = next(
            each for each in self.panel.findChildren(Combo) if each.accessibleName() == "Queue"
        )
        line = combo.lineEdit()
        assert line is not None
        line.clear()
        self.qtbot.keyClicks(line, name)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.qtbot.keyClick(self.panel.picker.search, key, modifier)

    def send(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def button(self, label: str) -> QPushButton:
        return next(
            each
            for each in self.panel.findChildren(TextButton)
            if each.text() == label and each.isVisibleTo(self.panel)
        )

    def click(self, label: str) -> None:
        self.qtbot.mouseClick(self.button(label), Qt.MouseButton.LeftButton)

    def said(self) -> set[str]:
        labels = self.panel.results.findChildren(QLabel)
        return {each.text() for each in labels if each.isVisible()}

    async def ended(self, count: int) -> None:
        await until(self.rows.moved, lambda: not open_states(self) and len(self.rows.ids) == count)


def open_states(hand: Hand) -> int:
    states = hand.rows.states
    return sum(states[each] for each in ("sent", "received", "started", "retried"))


async def until(news: SignalInstance, holds: Callable[[], bool]) -> None:
    while not holds():
        await emitted(news)


def with_demo(
    qapp: QApplication,
    qtbot: QtBot,
    theme: Theme,
    work: Callable[[Hand], Awaitable[None]],
    *,
    start: bool = True,
) -> None:
    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            desk = Desk(jobs, dict(os.environ))
            sender = Sender(theme, desk)
            qtbot.addWidget(sender.panel)
            hand = Hand(qtbot, sender, desk)
            app = "celery_queue.celery_app"
            desk.open(str(DEMO), BUILTIN, app=app, python=sys.executable, start=start)
            model = sender.panel.picker.tasks.rows
            await until(model.modelReset, lambda: model.rowCount() > 3)
            sender.open()
            await work(hand)
            desk.close()
            await desk.gone()

    run_in_qt(qapp, live())


def test_a_task_is_found_filled_in_sent_and_its_result_is_shown(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def work(hand: Hand) -> None:
        await hand.choose("add", "celery_queue.tasks.add")
        hand.fill("x", "5")
        hand.send()
        await hand.ended(1)
        row = hand.rows.at(0)
        assert (row.look.label, row.result) == ("Succeeded", "7.0")
        assert row.number in (1, 2)
        session = hand.desk.session
        assert session is not None
        hand.fill("y", "1")
        hand.option("Copies", "12")
        hand.click("Send 12 copies")
        await hand.ended(12)
        assert hand.rows.states["succeeded"] == 12
        kept = hand.sender.panel.picker.recents.rows.rows()
        assert [row.detail for row in kept] == ["x=5.0, y=1.0", "x=5.0"]

    with_demo(qapp, qtbot, theme, work)


def test_copies_with_a_pause_go_out_one_by_one_until_they_are_stopped(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def work(hand: Hand) -> None:
        await hand.choose("add", "celery_queue.tasks.add")
        hand.option("Copies", "3")
        hand.option("Pause between", "1 ms")
        hand.send()
        await hand.ended(3)
        hand.option("Copies", "1000")
        hand.option("Pause between", "1 h")
        hand.send()
        await until(hand.rows.moved, lambda: len(hand.rows.ids) == 1)
        hand.click("Stop sending")
        await hand.ended(1)

    with_demo(qapp, qtbot, theme, work)


def test_what_nobody_takes_is_told_until_somebody_does(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def work(hand: Hand) -> None:
        session = hand.desk.session
        assert session is not None
        fleet = session.supervisor
        await until(
            hand.desk.hub.workers_changed, lambda: all(each.up_since for each in fleet.workers)
        )
        await hand.choose("add", "celery_queue.tasks.add")
        hand.queue("reports")
        hand.send()
        await until(hand.rows.moved, lambda: len(hand.rows.ids) == 1)
        assert UNREAD.format("reports") in hand.said()
        hand.desk.stop(None)
        await until(hand.sender.following.stalled, lambda: NOBODY in hand.said())
        before = tuple(hand.rows.ids)
        hand.queue("celery")
        hand.send()
        await until(hand.rows.moved, lambda: tuple(hand.rows.ids) not in (before, ()))
        hand.desk.start(None)
        await hand.ended(1)
        assert NOBODY not in hand.said()

    with_demo(qapp, qtbot, theme, work)


def test_a_failure_opens_with_its_traceback_and_can_be_run_again(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def work(hand: Hand) -> None:
        await hand.choose("tasksfail", "celery_queue.tasks.fail")
        hand.fill("reason", "no address")
        hand.send()
        await hand.ended(1)
        (view,) = hand.panel.findChildren(TracebackView)
        await until(view.textChanged, lambda: "ValueError: no address" in view.toPlainText())
        assert "celery_queue/tasks.py:" in view.toPlainText()
        opened: list[Source] = []
        hand.sender.source.connect(opened.append)
        place = view.cursorRect(view.document().find("tasks.py:")).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place - QPoint(20, 0))
        assert [Path(source.file).name for source in opened] == ["tasks.py"]
        followed: list[str] = []
        hand.sender.follow.connect(followed.append)
        hand.click("Follow in logs")
        assert followed == list(hand.rows.ids)
        hand.fill("reason", "another")
        hand.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        draft = hand.panel.call.editor.read().draft
        assert draft is not None
        assert draft.call.kwargs == {"reason": "no address"}

    with_demo(qapp, qtbot, theme, work)


def test_a_wrong_call_is_refused_in_three_parts_and_nothing_is_sent(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def work(hand: Hand) -> None:
        await hand.choose("add", "celery_queue.tasks.add")
        hand.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        kwargs = next(
            e for e in hand.panel.findChildren(JsonEdit) if e.accessibleName() == "kwargs"
        )
        kwargs.setPlainText('{"z": 1}')
        hand.send()
        (error,) = await emitted(hand.panel.call.troubled)
        assert "z" in error.why
        assert "it is called as celery_queue.tasks.add(x: float" in error.fix
        assert hand.rows.ids == ()
        session = hand.desk.session
        assert session is not None
        assert session.ledger.counts.totals().sent == 0

    with_demo(qapp, qtbot, theme, work, start=False)


def test_a_template_is_kept_on_disk_used_and_forgotten(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def work(hand: Hand) -> None:
        picker = hand.panel.picker
        await hand.choose("add", "celery_queue.tasks.add")
        hand.fill("x", "41")
        hand.click("Save as template")
        qtbot.keyClicks(picker.name, "Nearly")
        qtbot.keyClick(picker.name, Qt.Key.Key_Return)
        await emitted(hand.sender.kept)
        session = hand.desk.session
        assert session is not None
        file = kept_file(session.project.name)
        assert [each.name for each in read_kept(file).templates] == ["Nearly"]
        await hand.choose("report", "celery_queue.tasks.report")
        click(qtbot, picker.templates, 0)
        draft = hand.panel.call.editor.read().draft
        assert draft == Draft(TaskCall("celery_queue.tasks.add", (), {"x": 41.0}))
        picker.templates.mark("Nearly")
        qtbot.keyClick(picker.templates, Qt.Key.Key_Delete)
        await emitted(hand.sender.kept)
        assert read_kept(file).templates == ()

    with_demo(qapp, qtbot, theme, work, start=False)


def click(qtbot: QtBot, rows: RowList, row: int) -> None:
    place = rows.visualRect(rows.model().index(row, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_esc_and_the_cross_close_it(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    async def work(hand: Hand) -> None:
        closed: list[str] = []
        hand.sender.closed.connect(lambda: closed.append("closed"))
        qtbot.keyClick(hand.panel.picker.search, Qt.Key.Key_Escape)
        hand.panel.picker.closed.emit()
        assert len(closed) == 2
        asked: list[str] = []
        hand.sender.asked.connect(lambda: asked.append("asked"))
        hand.sender.open()
        assert asked == ["asked"]

    with_demo(qapp, qtbot, theme, work, start=False)


def test_the_panel_that_is_opened_while_tasks_are_read_keeps_what_is_typed(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            desk = Desk(jobs, dict(os.environ))
            sender = Sender(theme, desk)
            qtbot.addWidget(sender.panel)
            hand = Hand(qtbot, sender, desk)
            python, app = sys.executable, "celery_queue.celery_app"
            desk.open(str(DEMO), BUILTIN, app=app, python=python)
            await emitted(desk.opened)
            sender.open()  # the tasks are being read
            model = sender.panel.picker.tasks.rows
            await until(model.modelReset, lambda: model.rowCount() > 3)
            sender.open_for("celery_queue.tasks.add")
            hand.fill("x", "5")
            sender.open()
            sender.open_for("celery_queue.tasks.add")
            session = desk.session
            assert session is not None
            await session.calls.describe()  # whatever was asked before is answered
            await asyncio.sleep(0)
            draft = sender.panel.call.editor.read().draft
            assert draft is not None
            assert draft.call == TaskCall("celery_queue.tasks.add", (), {"x": 5.0})
            desk.close()
            await desk.gone()
            assert sender.panel.call.editor.read().draft is None

    run_in_qt(qapp, live())


def test_a_task_that_was_just_written_is_there_when_tasks_are_read_again(
    qapp: QApplication, qtbot: QtBot, theme: Theme, project: Path
) -> None:
    async def live() -> None:
        async with asyncio.TaskGroup() as jobs:
            desk = Desk(jobs, dict(os.environ))
            sender = Sender(theme, desk)
            qtbot.addWidget(sender.panel)
            hand = Hand(qtbot, sender, desk)
            desk.open(str(project), Wishes())
            model = sender.panel.picker.tasks.rows
            await until(model.modelReset, lambda: model.rowCount() > 3)
            sender.open_for("celery_queue.tasks.add")
            hand.fill("x", "5")
            tasks = project / "celery_queue" / "tasks.py"
            tasks.write_text(tasks.read_text() + NEW_TASK)
            (again,) = (
                each
                for each in sender.panel.picker.findChildren(IconButton)
                if each.accessibleName() == READ_AGAIN
            )
            qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
            await until(model.modelReset, lambda: "celery_queue.tasks.brand_new" in sender.tasks)
            draft = sender.panel.call.editor.read().draft
            assert draft is not None
            assert draft.call == TaskCall("celery_queue.tasks.add", (), {"x": 5.0})
            desk.close()
            await desk.gone()

    run_in_qt(qapp, live())
