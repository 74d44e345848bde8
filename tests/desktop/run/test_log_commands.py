"""What can be done with the logs, by key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.run.grid import Layout
from desktop.run.log_commands import log_commands
from desktop.run.logs import Logs
from desktop.theme.theme import Theme
from tests.support.logs import numbered, printed
from tests.support.run_logs import fleet_of, logs_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> Iterator[tuple[QWidget, Logs]]:
    """Two logs below a field that has the keyboard, as a table could."""
    fleet = fleet_of(2)
    window = QWidget()
    logs = logs_of(theme, fleet)
    field = QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(logs)
    for command in log_commands(lambda: logs):
        if command.key:
            QShortcut(QKeySequence(command.key), window, command.run)
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    qtbot.waitActive(window).__enter__()
    field.setFocus()
    for store in fleet.stores.values():
        store.append(numbered(0, 200).encode())
        store.append(printed("slow", "WARNING").encode())
        store.append(numbered(200, 300).encode())
    logs.grew(frozenset(fleet.names))
    qtbot.waitUntil(lambda: all(len(pane.view.strips) == pane.view.fit for pane in logs.panes))
    yield window, logs


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier, qtbot: QtBot) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, modifiers)


def test_find_and_filter_open_in_the_current_pane(
    window: tuple[QWidget, Logs], qtbot: QtBot
) -> None:
    widget, logs = window
    pane = logs.panes.pane("worker1@box")
    press(widget, Qt.Key.Key_F, CTRL, qtbot)
    assert pane.find_bar.isVisible()
    qtbot.keyClicks(pane.find_bar.field, "line 7")
    press(widget, Qt.Key.Key_F3, NONE, qtbot)
    first = pane.view.finder.current
    press(widget, Qt.Key.Key_F3, SHIFT, qtbot)
    assert pane.view.finder.current != first
    press(widget, Qt.Key.Key_L, CTRL | SHIFT, qtbot)
    assert pane.filter_bar.isVisible()
    press(widget, Qt.Key.Key_H, CTRL | SHIFT, qtbot)
    assert logs.filter.bar.isVisible()


def test_trouble_is_gone_to_and_the_view_cleared_from_anywhere(
    window: tuple[QWidget, Logs], qtbot: QtBot
) -> None:
    widget, logs = window
    view = logs.panes.pane("worker1@box").view
    for modifiers in (NONE, SHIFT):
        press(widget, Qt.Key.Key_F8, modifiers, qtbot)
        assert view.selection is not None
        assert view.selection.head.place == 200
    press(widget, Qt.Key.Key_L, CTRL, qtbot)
    assert not view.strips


def test_layouts_change_by_key(window: tuple[QWidget, Logs], qtbot: QtBot) -> None:
    widget, logs = window
    press(widget, Qt.Key.Key_Backslash, CTRL, qtbot)
    assert logs.state().layout == Layout.COLUMNS
    press(widget, Qt.Key.Key_M, CTRL, qtbot)
    assert logs.state().layout == Layout.MERGED
    assert logs.merged.view.hasFocus()
    press(widget, Qt.Key.Key_M, CTRL, qtbot)
    assert logs.state().layout == Layout.COLUMNS


def test_panes_are_kept_at_one_moment_by_key(window: tuple[QWidget, Logs], qtbot: QtBot) -> None:
    widget, logs = window
    press(widget, Qt.Key.Key_T, CTRL | SHIFT, qtbot)
    assert logs.state().locked
    logs.panes.pane("worker2@box").view.scroll_rows(-100)
    moments = {pane.view.moment for pane in logs.panes}
    assert len(moments) == 1
    assert None not in moments
    press(widget, Qt.Key.Key_T, CTRL | SHIFT, qtbot)
    assert not logs.state().locked


def test_all_follow_by_key(window: tuple[QWidget, Logs], qtbot: QtBot) -> None:
    widget, logs = window
    for pane in logs.panes:
        pane.view.scroll_rows(-5)
    logs.panes.pane("worker2@box").view.setFocus()
    press(widget, Qt.Key.Key_End, CTRL, qtbot)
    assert all(pane.view.following for pane in logs.panes)


def test_nothing_is_possible_where_no_logs_are_seen(window: tuple[QWidget, Logs]) -> None:
    _, logs = window
    assert all(each.possible() for each in log_commands(lambda: logs))
    logs.hide()
    assert not any(each.possible() for each in log_commands(lambda: logs))
    assert not any(each.possible() for each in log_commands(lambda: None))
