"""Finding in all panes, by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.logs.search import Hit
from desktop.run.find_all import FindAll
from desktop.theme.theme import Theme
from tests.support.logs import numbered, printed
from tests.support.run_logs import Fleet, fleet_of


@pytest.fixture
def fleet() -> Fleet:
    fleet = fleet_of(2)
    for number, store in enumerate(fleet.stores.values(), 1):
        store.append(printed(f"alpha {number}", at=f"21:00:0{number},000").encode())
        store.append(printed(f"beta {number}", at=f"21:00:0{number},500").encode())
    return fleet


@pytest.fixture
def panel(theme: Theme, fleet: Fleet, qtbot: QtBot) -> FindAll:
    known = {row.worker.name: row for row in fleet.rows()}
    panel = FindAll(theme, lambda: fleet.stores, known.get)
    qtbot.addWidget(panel)
    panel.resize(900, 220)
    panel.open()
    qtbot.waitActive(panel).__enter__()
    return panel


def words(panel: FindAll) -> list[str]:
    return [each.text() for each in panel.findChildren(QLabel) if each.isVisible()]


def find(panel: FindAll, text: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.field, text)
    qtbot.waitUntil(lambda: not panel.finding.searching)


def test_typing_lists_the_hits_and_says_how_many(panel: FindAll, qtbot: QtBot) -> None:
    assert panel.list.isHidden()
    find(panel, "alpha", qtbot)
    assert panel.rows.rowCount() == 2
    assert {"2 hits in 2 logs", "searched 4 of 4 lines"} <= set(words(panel))
    find(panel, "zzz", qtbot)
    assert "no hits" in words(panel)
    assert panel.list.isHidden()


def test_arrows_and_enter_go_to_a_hit_from_the_field(panel: FindAll, qtbot: QtBot) -> None:
    find(panel, "a", qtbot)
    told: list[Hit] = []
    panel.chosen.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(panel.field, key)
    assert [(hit.worker, hit.number) for hit in told] == [("worker1@box", 0), ("worker1@box", 1)]
    assert panel.field.hasFocus()


def test_enter_alone_goes_to_the_first_and_a_click_to_any(panel: FindAll, qtbot: QtBot) -> None:
    find(panel, "beta", qtbot)
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].worker == "worker1@box"
    where = panel.list.visualRect(panel.rows.index(1, 0)).center()
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told.args is not None
    assert told.args[0].worker == "worker2@box"


def test_esc_cancels_first_and_closes_then(panel: FindAll, fleet: Fleet, qtbot: QtBot) -> None:
    for start in range(0, 100_000, 1000):
        fleet.stores["worker1@box"].append(numbered(start, start + 1000).encode())
    panel.field.setText("nothing of it")
    assert panel.finding.searching
    cancel = next(each for each in panel.findChildren(QPushButton) if each.text() == "Cancel")
    assert cancel.isVisible()
    with qtbot.assertNotEmitted(panel.closed):
        qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert not panel.finding.searching
    assert not cancel.isVisible()
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel.field, Qt.Key.Key_Escape)


def test_the_current_hit_stays_when_more_come(panel: FindAll, fleet: Fleet, qtbot: QtBot) -> None:
    find(panel, "alpha", qtbot)
    panel.list.setCurrentIndex(panel.rows.index(1, 0))
    fleet.stores["worker1@box"].append(printed("alpha 0", at="21:00:00,000").encode())
    panel.open()
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 3)


def test_a_wrong_expression_is_told(panel: FindAll, qtbot: QtBot) -> None:
    panel.field.setText("(")
    (regex,) = [
        each
        for each in panel.findChildren(QToolButton)
        if each.accessibleName() == "Regular expression"
    ]
    qtbot.mouseClick(regex, Qt.MouseButton.LeftButton)
    assert panel.field.property("wrong")
    qtbot.mouseClick(regex, Qt.MouseButton.LeftButton)
    assert not panel.field.property("wrong")
