"""The middle column, by mouse and keyboard."""

from pathlib import PurePosixPath

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.tasks.call import TaskCall
from desktop.send.call_column import NONE, CallColumn
from desktop.send.draft import Draft
from desktop.send.field_input import LineInput
from desktop.send.fields import fields_of
from desktop.send.task_info import TaskInfo
from desktop.send.traceback_text import Source
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton

PARAMS = [{"name": "x", "kind": "positional_or_keyword", "annotation": "int"}]
FIELDS = fields_of({"params": PARAMS, "doc": ""})
TASK = TaskInfo("shop.add", "Add.", FIELDS, Source("/shop/app/shop.py", 7), "celery")
ROOT = PurePosixPath("/shop")


@pytest.fixture
def column(both_themes: Theme, qtbot: QtBot) -> CallColumn:
    column = CallColumn(both_themes)
    qtbot.addWidget(column)
    column.show_command_of(lambda call: ("solofleet", "send", ".", call.task))
    column.show_task(TASK, ["celery"], ROOT)
    column.resize(560, 700)
    column.show()
    return column


def button(column: CallColumn, text: str) -> QPushButton:
    buttons = column.findChildren(TextButton)
    return next(each for each in buttons if each.text() == text and each.isVisible())


def said(column: CallColumn) -> set[str]:
    return {each.text() for each in column.findChildren(QLabel) if each.isVisible()}


def test_what_is_to_be_fixed_stands_beside_the_button(column: CallColumn, qtbot: QtBot) -> None:
    assert not button(column, "Send").isEnabled()
    assert "1 field to fix" in said(column)
    column.try_send()
    assert "A value is needed" in said(column)
    (line,) = column.findChildren(LineInput)
    qtbot.keyClicks(line, "5")
    assert "1 field to fix" not in said(column)
    with qtbot.waitSignal(column.send) as told:
        qtbot.mouseClick(button(column, "Send"), Qt.MouseButton.LeftButton)
    assert told.args == [Draft(TaskCall("shop.add", (), {"x": 5}))]


def test_the_button_says_how_many_copies(column: CallColumn) -> None:
    column.show_task(TASK, ["celery"], ROOT, Draft(TaskCall("shop.add", (), {"x": 1}, count=12)))
    assert button(column, "Send 12 copies").isEnabled()


def test_nothing_is_sent_twice_while_it_is_on_its_way(column: CallColumn, qtbot: QtBot) -> None:
    column.show_task(TASK, ["celery"], ROOT, Draft(TaskCall("shop.add", (), {"x": 1})))
    column.show_busy(True)
    told: list[object] = []
    column.send.connect(told.append)
    column.try_send()
    assert told == []
    column.show_busy(True, stoppable=True)
    with qtbot.waitSignal(column.stop):
        qtbot.mouseClick(button(column, "Stop sending"), Qt.MouseButton.LeftButton)
    column.show_busy(False)
    assert button(column, "Send").isEnabled()


def test_the_tabs_show_which_one_it_is_and_turn(column: CallColumn, qtbot: QtBot) -> None:
    tabs = column.findChild(QTabBar)
    assert isinstance(tabs, QTabBar)
    place = tabs.tabRect(1).center()
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=place)
    assert column.editor.is_json
    column.turn()
    assert tabs.currentIndex() == 0


def test_the_source_is_a_link(column: CallColumn, qtbot: QtBot) -> None:
    with qtbot.waitSignal(column.source) as told:
        qtbot.mouseClick(button(column, "app/shop.py:7"), Qt.MouseButton.LeftButton)
    assert told.args == [TASK.source]


def test_an_error_is_shown_until_another_task(column: CallColumn) -> None:
    column.show_error(FleetError("not sent", "it is away", "start it"))
    assert "Not sent" in said(column)
    column.show_task(TASK, ["celery"], ROOT)
    assert "Not sent" not in said(column)


@pytest.mark.parametrize("width", [352, 480, 560])
def test_no_label_on_a_button_is_cut(column: CallColumn, width: int) -> None:
    column.show_task(TASK, ["celery"], ROOT, Draft(TaskCall("shop.add", (), {}, count=12)))
    column.resize(width, 700)
    column.layout().activate()
    for each in column.findChildren(TextButton):
        if each.isVisible():
            assert each.width() >= each.sizeHint().width()


def test_nothing_is_left_of_a_task_that_is_not_there_any_more(column: CallColumn) -> None:
    column.show_error(FleetError("it was not sent", "the broker is away", "start it"))
    column.show_none()
    assert said(column) & {"shop.add", "Add.", "It was not sent", "1 field to fix"} == set()
    assert NONE in said(column)
    assert not button(column, "Send").isEnabled()
    column.show_task(TASK, ["celery"], ROOT)
    assert {"shop.add", "Add.", "1 field to fix"} <= said(column)
