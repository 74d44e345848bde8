"""The order in which one reads."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.shell.reading import after, go, stops


def place(parent: QWidget, name: str, *box: int, takes_focus: bool = True) -> QWidget:
    made = QWidget(parent)
    made.setObjectName(name)
    made.setGeometry(QRect(*box))
    if takes_focus:
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Two columns, made from the last part to the first; one row has parts of two heights."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 200)
    right = place(window, "right", 200, 0, 200, 200, takes_focus=False)
    left = place(window, "left", 0, 0, 200, 200, takes_focus=False)
    place(right, "d", 0, 0, 100, 30)
    place(left, "c", 0, 50, 100, 30)
    place(left, "b", 60, 4, 40, 20)
    place(left, "a", 0, 0, 40, 30)
    window.show()
    return window


def names(window: QWidget) -> list[str]:
    return [each.objectName() for each in stops(window)]


def test_rows_come_one_after_the_other_and_columns_as_a_whole(window: QWidget) -> None:
    assert names(window) == ["a", "b", "c", "d"]
    window.findChild(QWidget, "b").setEnabled(False)
    window.findChild(QWidget, "c").hide()
    assert names(window) == ["a", "d"]


def test_it_goes_round_the_end_both_ways_and_begins_at_an_end(window: QWidget) -> None:
    a, d = window.findChild(QWidget, "a"), window.findChild(QWidget, "d")
    assert after(window, d, forwards=True) is a
    assert after(window, a, forwards=False) is d
    assert after(window, None, forwards=True) is a
    assert after(window, None, forwards=False) is d


def test_what_is_in_a_part_without_a_stop_goes_on_from_that_part(window: QWidget) -> None:
    inner = place(window.findChild(QWidget, "a"), "inner", 0, 0, 5, 5, takes_focus=False)
    assert after(window, inner, forwards=True) is window.findChild(QWidget, "b")


def test_where_there_is_nothing_to_go_to_it_goes_nowhere(qtbot: QtBot) -> None:
    empty = QWidget()
    qtbot.addWidget(empty)
    assert not go(empty, forwards=True)


def test_what_is_out_of_sight_is_scrolled_to(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    area = QScrollArea(window)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.resize(200, 100)
    content = QWidget()
    content.resize(180, 900)
    first, last = place(content, "first", 0, 0, 50, 20), place(content, "last", 0, 800, 50, 20)
    area.setWidget(content)
    window.show()
    first.setFocus()
    assert go(window, forwards=True)
    assert window.focusWidget() is last
    assert not last.visibleRegion().isEmpty()
