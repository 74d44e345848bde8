"""What is known of one worker."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from core.project.env_files import EnvValue
from core.secret import Secret
from core.tasks.counts import WorkerCounts
from core.tasks.facts import Received, Succeeded
from core.tasks.ledger import Ledger
from core.workers.phase import Phase, RunningTask, Stage, Worker
from desktop.run.drawer import TABS, About, Drawer
from desktop.run.history import Event
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme

WORKER = Worker("worker3@box", Stage.UP, "waits for tasks", run=1, pid=4141)


def about(worker: Worker = WORKER) -> About:
    ledger = Ledger()
    received = Received(
        **{"at": 0.0, "id": "9b7e41d0-55c1", "name": "reports.render", "args": "()"},
        **{"kwargs": "{}", "queue": "celery", "eta": None, "expires": None, "retries": 0},
        **{"tag": None, "redelivered": False, "headers": {}, "embed": {}, "acks_late": False},
        body=None,
    )
    ledger.apply(worker.name, 1, received, 0.0)
    done = Succeeded(1.0, "9b7e41d0-55c1", "reports.render", 1.92, "None", None, None, False)
    ledger.apply(worker.name, 1, done, 1.0)
    return About(
        row=WorkerRow(3, worker, WorkerCounts(worker.name, 1, 1, 0, 0, 0, 0, 0), "idle"),
        facts=(("State", "Ready since 21:43:01"), ("Up", "1 h 12 min")),
        command=("C:\\py\\python.exe", "-m", "celery", "-A", "app", "worker"),
        workdir="C:\\dev\\shop",
        env=(EnvValue("API_KEY", Secret("s3cret"), ".env:2"),),
        events=(Event(0.0, Phase.CRASHED, 1, "access violation"),),
        tasks=ledger.tasks(worker=worker.name),
    )


@pytest.fixture
def drawer(both_themes: Theme, qtbot: QtBot) -> Drawer:
    drawer = Drawer(both_themes)
    qtbot.addWidget(drawer)
    drawer.resize(430, 400)
    drawer.show()
    drawer.show_about(about())
    return drawer


def words(drawer: Drawer) -> list[str]:
    return [each.text() for each in drawer.findChildren(QLabel) if each.isVisible()]


def test_it_tells_who_and_how(drawer: Drawer) -> None:
    assert {"worker3", "worker3@box, pid 4141", "Ready since 21:43:01"} <= set(words(drawer))


def test_each_tab_has_its_own(drawer: Drawer, qtbot: QtBot) -> None:
    bar = drawer.findChild(QTabBar)
    assert bar is not None
    for number, (name, has) in enumerate(
        (
            ("Overview", "reports.render"),
            ("Command", "& 'C:\\py\\python.exe' '-m' 'celery' '-A' 'app' 'worker'"),
            ("Environment", "API_KEY"),
            ("Restarts", "access violation"),
            ("Tasks", "reports.render"),
        )
    ):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(number).center())
        assert drawer.tab == name == TABS[number]
        assert has in words(drawer)


def test_a_value_of_the_environment_is_never_shown(drawer: Drawer) -> None:
    drawer.show_tab("Environment")
    assert "s3cret" not in " ".join(words(drawer))
    assert ".env:2" in words(drawer)


def test_the_command_is_copied_for_the_shell_that_is_chosen(drawer: Drawer, qtbot: QtBot) -> None:
    drawer.show_tab("Command")
    buttons = {each.accessibleName(): each for each in drawer.findChildren(QToolButton)}
    qtbot.mouseClick(buttons["cmd"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(buttons["Copy the command"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "C:\\py\\python.exe -m celery -A app worker"


def test_news_leave_the_tab_and_its_page_as_they_are(drawer: Drawer) -> None:
    drawer.show_tab("Restarts")
    page = drawer._events.widget()
    drawer.show_about(replace(about(), facts=(("State", "Busy"),)))
    assert (drawer.tab, drawer._events.widget()) == ("Restarts", page)
    drawer.show_tab("Overview")
    assert "Busy" in words(drawer)


def test_a_stop_that_takes_long_can_be_forced(drawer: Drawer, qtbot: QtBot) -> None:
    force = next(b for b in drawer.findChildren(QPushButton) if b.text() == "Force now")
    assert not force.isVisible()
    task = RunningTask("id", "reports.render", 0.0)
    drawer.show_about(about(replace(WORKER, stage=Stage.STOPPING, task=task)))
    with qtbot.waitSignal(drawer.force) as told:
        qtbot.mouseClick(force, Qt.MouseButton.LeftButton)
    assert told.args == ["worker3@box"]


def test_a_task_leads_to_its_lines(drawer: Drawer, qtbot: QtBot) -> None:
    link = next(b for b in drawer.findChildren(QPushButton) if b.text() == "9b7e41d0")
    with qtbot.waitSignal(drawer.task) as told:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert told.args == ["9b7e41d0-55c1"]
