"""From what happens in the fleet to the list, and from there to the log."""

from pathlib import Path

import psutil
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from core.tasks.call import TaskCall
from desktop.notices.notice import Kind, Notice
from desktop.notices.notices import NOTICE_ROLE
from desktop.widgets.row_view import RowView
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage, open_demo


def bell_button(stage: Stage) -> QPushButton:
    found = stage.window.status.findChildren(QPushButton)
    (button,) = (each for each in found if each.accessibleName().startswith("Notifications"))
    return button


def listed(stage: Stage) -> list[Notice]:
    stage.desk.hub.flush()
    notices = stage.window.bell.notices
    return [notices.index(row).data(NOTICE_ROLE) for row in range(notices.rowCount())]


def test_a_kill_is_told_beside_the_bell_and_a_click_leads_to_the_worker(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        bell = stage.window.bell
        victim = stage.session.supervisor.workers[2]
        assert victim.pid is not None
        psutil.Process(victim.pid).kill()
        await stage.until(lambda: stage.session.supervisor.workers[2].restarts == 1)
        assert bell.notices.unread > 0
        stage.qtbot.mouseClick(bell_button(stage), Qt.MouseButton.LeftButton)
        view = bell.panel.findChild(RowView)
        assert view is not None
        assert view.isVisible()
        row = next(i for i, each in enumerate(listed(stage)) if each.who == victim.name)
        at = view.visualRect(bell.notices.index(row)).center()
        stage.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        current = stage.page.current()
        assert current is not None
        assert current.worker.name == victim.name
        assert not bell.panel.isVisible()

    play(scene)


def test_a_known_error_leads_to_its_line_in_the_log(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        await stage.session.send(TaskCall("celery_queue.tasks.overrun", (), {"tidy": False}))

        def known() -> list[Notice]:
            return [each for each in listed(stage) if each.kind is Kind.KNOWN_ERROR]

        await stage.session.until(lambda: bool(known()))
        notice = known()[0]
        assert notice.who is not None
        assert notice.line is not None
        view = stage.page.logs.panes.pane(notice.who).view
        while view.document.source.end <= notice.line:
            await emitted(view.looked)
        stage.window.bell.panel.chosen.emit(notice)
        assert view.selection is not None
        assert view.selection.start.place == notice.line
        row = view.document.rows(view.selection.start.place)[view.selection.start.part]
        assert "timelimit" in row.text.lower().replace(" ", "")

    play(scene)


def test_a_key_opens_the_list(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        stage.qtbot.keyClick(stage.window, Qt.Key.Key_N, both)
        assert stage.window.bell.panel.isVisible()

    play(scene)


def test_another_project_begins_without_the_news_of_the_one_before(
    play: Player, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        victim = stage.session.supervisor.workers[2]
        assert victim.pid is not None
        psutil.Process(victim.pid).kill()
        await stage.until(lambda: stage.session.supervisor.workers[2].restarts == 1)
        assert any(each.who == victim.name for each in listed(stage))
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)
        assert not any(each.who == victim.name for each in listed(stage))

    play(scene)
