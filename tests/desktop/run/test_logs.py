"""The right half of the Run page, by mouse and keyboard on real stores."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.run.grid import Layout
from desktop.run.logs import Logs
from desktop.theme.theme import Theme
from tests.support.logs import numbered
from tests.support.run_logs import Fleet, fleet_of, logs_of


@pytest.fixture
def fleet() -> Fleet:
    return fleet_of(3)


@pytest.fixture
def logs(theme: Theme, fleet: Fleet, qtbot: QtBot) -> Logs:
    logs = logs_of(theme, fleet)
    qtbot.addWidget(logs)
    logs.resize(900, 700)
    logs.show()
    qtbot.waitExposed(logs)
    return logs


def press(logs: Logs, name: str, qtbot: QtBot) -> None:
    (button,) = [each for each in logs.findChildren(QToolButton) if each.accessibleName() == name]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_layout_is_chosen_in_the_bar(logs: Logs, qtbot: QtBot) -> None:
    press(logs, "Two panes", qtbot)
    assert logs.panes.grid.layout_kind is Layout.TWO
    assert len(logs.panes.grid.visible_names()) == 2


def test_all_panes_follow_again(logs: Logs, fleet: Fleet, qtbot: QtBot) -> None:
    for store in fleet.stores.values():
        store.append(numbered(0, 200).encode())
    logs.grew(frozenset(fleet.names))
    qtbot.waitUntil(lambda: all(pane.view.strips for pane in logs.panes))
    for pane in logs.panes:
        pane.view.scroll_rows(-20)
    assert not any(pane.view.following for pane in logs.panes)
    logs.follow_all()
    assert all(pane.view.following for pane in logs.panes)
