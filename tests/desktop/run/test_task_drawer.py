"""The life of one task beside its lines."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from desktop.run.task_drawer import AMONG, ONLY, UNKNOWN, TaskDrawer
from desktop.run.task_life import SENT, Life, Step
from desktop.theme.looks import TASK
from desktop.theme.theme import Theme
from desktop.widgets.pill import Pill
from tests.support.logs import ID

LIFE = Life(
    id=ID,
    name="reports.render",
    look=TASK["started"],
    facts=(("Waited", "4 ms"), ("Ran", "3.6 s so far")),
    touched=("worker2@box", "worker3@box"),
    steps=(Step(SENT, "Sent", "", None, 0.0),),
    arguments=("(2214,)",),
    result=None,
    error=None,
    over=False,
)


@pytest.fixture
def drawer(both_themes: Theme, qtbot: QtBot) -> TaskDrawer:
    drawer = TaskDrawer(both_themes, lambda name: int(name[6]))
    qtbot.addWidget(drawer)
    drawer.resize(drawer.width(), 700)
    drawer.show()
    drawer.show_task(ID, LIFE)
    return drawer


def words(drawer: TaskDrawer) -> list[str]:
    return [each.text() for each in drawer.findChildren(QLabel) if each.isVisible()]


def test_it_tells_all_that_is_known(drawer: TaskDrawer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "worker3" in words(drawer))
    told = {"reports.render", ID[:23], "3.6 s so far", "worker2", "(2214,)", "Arguments"}
    assert told <= set(words(drawer))
    assert "Result" not in words(drawer)
    pill = drawer.findChild(Pill)
    assert pill is not None
    assert pill.look.label == "Running"


def test_it_is_told_anew_when_the_task_moves(drawer: TaskDrawer) -> None:
    done = replace(LIFE, look=TASK["succeeded"], result="'r.pdf'", over=True)
    drawer.show_task(ID, done)
    assert {"Result", "'r.pdf'"} <= set(words(drawer))
    drawer.show_task(ID, replace(done, result=None, error="KeyError('sku')"))
    assert {"Error", "KeyError('sku')"} <= set(words(drawer))


def test_of_an_unknown_task_it_says_so(drawer: TaskDrawer) -> None:
    drawer.show_task("b" * 36, None)
    assert UNKNOWN in words(drawer)
    assert "reports.render" not in words(drawer)


def test_its_buttons_tell_what_is_wanted(drawer: TaskDrawer, qtbot: QtBot) -> None:
    tools = {each.accessibleName(): each for each in drawer.findChildren(QToolButton)}
    with qtbot.waitSignal(drawer.closed):
        qtbot.mouseClick(tools["Leave the task"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tools["Copy the id of the task"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == ID
    drawer.show_alone(True)
    (switch,) = drawer.findChildren(QPushButton)
    for text, alone, next_alone in ((AMONG, False, False), (ONLY, True, True)):
        assert switch.text() == text
        with qtbot.waitSignal(drawer.only) as told:
            qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
        assert told.args == [alone]
        drawer.show_alone(next_alone)


def test_nothing_is_wider_than_it_whoever_had_the_task_and_whatever_came_of_it(
    drawer: TaskDrawer, qtbot: QtBot
) -> None:
    touched = tuple(f"worker{number}@box" for number in range(1, 9))
    long = replace(LIFE, touched=touched, result="x" * 900, arguments=("y" * 900,))
    drawer.show_task(ID, long)
    qtbot.waitUntil(lambda: {"worker1", "worker6", "and 2 more"} <= set(words(drawer)))
    area = drawer.findChild(QScrollArea)
    assert area is not None
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
