"""Tables of words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.deploy.cell_rows import Cell, CellRows, CellTable
from desktop.theme.theme import Theme


def test_each_cell_has_its_words_its_tone_and_its_shape(both_themes: Theme, qtbot: QtBot) -> None:
    rows = CellRows(both_themes, ("NAME", "STATE"))
    _tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.show_rows([[Cell("A", mono=True, strong=True), Cell("missing", "err", "alert", hint="h")]])
    role = Qt.ItemDataRole
    name, state = rows.index(0, 0), rows.index(0, 1)
    assert (name.data(), name.data(role.ToolTipRole), state.data(role.ToolTipRole)) == (
        "A",
        "A",
        "h",
    )
    assert state.data(role.ForegroundRole) == QColor(both_themes.tokens.err)
    assert name.data(role.DecorationRole) is None
    assert not state.data(role.DecorationRole).isNull()
    assert name.data(role.FontRole).weight() == QFont.Weight.DemiBold
    assert rows.headerData(1, Qt.Orientation.Horizontal) == "STATE"


def test_other_heads_can_come_with_other_rows(theme: Theme, qtbot: QtBot) -> None:
    rows = CellRows(theme, ("A",))
    _tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table = CellTable(theme, rows, "Table", (0, 80), wide=0)
    qtbot.addWidget(table)
    low = table.height()
    rows.show_rows([[Cell("a"), Cell("b")], [Cell("c"), Cell("d")]], ("A", "B"))
    assert (rows.rowCount(), rows.columnCount()) == (2, 2)
    assert table.height() > low
    assert table.columnWidth(1) == 80
