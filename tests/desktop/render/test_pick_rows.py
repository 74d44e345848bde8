"""Rows that can be chosen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.deploy.cell_rows import Cell, CellTable
from desktop.render.pick_rows import PickRows
from desktop.theme.theme import Theme

ROWS = [[Cell("A"), Cell("one")], [Cell("B"), Cell("two")], [Cell("C"), Cell("three")]]


def table(theme: Theme, qtbot: QtBot) -> tuple[PickRows, CellTable]:
    rows = PickRows(theme, ("NAME", "STATE"))
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal, rows)
    made = CellTable(theme, rows, "Names", (0, 100), wide=0)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    rows.offer(ROWS, frozenset("AC"))
    return rows, made


def test_space_chooses_a_row_that_can_be(both_themes: Theme, qtbot: QtBot) -> None:
    rows, made = table(both_themes, qtbot)
    for row in range(3):
        made.setCurrentIndex(rows.index(row, 0))
        QTest.keyClick(made, Qt.Key.Key_Space)
    assert rows.chosen == ("A", "C")
    made.setCurrentIndex(rows.index(0, 0))
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert rows.chosen == ("C",)


def test_what_can_no_longer_be_chosen_is_not(theme: Theme, qtbot: QtBot) -> None:
    rows, _ = table(theme, qtbot)
    with qtbot.waitSignal(rows.picked):
        rows.choose(frozenset("ABC"))
    assert rows.chosen == ("A", "C")
    rows.offer(ROWS, frozenset("C"))
    assert rows.chosen == ("C",)
    box = rows.data(rows.index(0, 0), Qt.ItemDataRole.CheckStateRole)
    assert box is None
