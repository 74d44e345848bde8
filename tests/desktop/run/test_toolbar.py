"""The bar over the logs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.run.grid import Layout
from desktop.run.toolbar import Toolbar
from desktop.theme.theme import Theme


@pytest.fixture
def toolbar(theme: Theme, qtbot: QtBot) -> Toolbar:
    toolbar = Toolbar(theme)
    qtbot.addWidget(toolbar)
    toolbar.resize(880, toolbar.height())
    toolbar.show()
    return toolbar


def press(toolbar: Toolbar, name: str, qtbot: QtBot) -> None:
    buttons = [*toolbar.findChildren(QToolButton), *toolbar.findChildren(QPushButton)]
    (button,) = [each for each in buttons if each.accessibleName() == name]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_which_layout_was_pressed(toolbar: Toolbar, qtbot: QtBot) -> None:
    toolbar.show_layout(Layout.GRID)
    with qtbot.waitSignal(toolbar.arranged) as told:
        press(toolbar, "Two panes", qtbot)
    assert told.args == [Layout.TWO]


def test_all_logs_can_be_followed(toolbar: Toolbar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(toolbar.follow_all):
        press(toolbar, "Follow all", qtbot)
