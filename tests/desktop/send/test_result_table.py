"""The table of results, by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.send.result_row import Column
from desktop.send.result_rows import ResultRows
from desktop.send.result_table import ResultTable
from desktop.theme.theme import Theme
from desktop.theme.tokens import over


class Tall(QLabel):
    """A detail of a height."""

    def heightForWidth(self, width: int) -> int:
        return 123


@pytest.fixture
def table(both_themes: Theme, rows: ResultRows, qtbot: QtBot) -> ResultTable:
    table = ResultTable(both_themes, rows)
    qtbot.addWidget(table)
    table.resize(480, 400)
    table.show()
    return table


def click(table: ResultTable, row: int, qtbot: QtBot) -> None:
    place = table.visualRect(table.model().index(row, Column.TASK)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_opens_what_failed_and_nothing_else(table: ResultTable, qtbot: QtBot) -> None:
    told: list[str] = []
    table.turned.connect(told.append)
    for row in range(3):
        click(table, row, qtbot)
    assert told == ["fails"]
    assert table.current() == "succeeds"


def test_enter_opens_the_current_one(table: ResultTable, qtbot: QtBot) -> None:
    table.selectRow(1)
    with qtbot.waitSignal(table.turned) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == ["fails"]


def test_the_detail_has_the_whole_width_and_the_height_that_it_needs(
    table: ResultTable, rows: ResultRows, both_themes: Theme
) -> None:
    rows.opened.connect(lambda row: table.show_below(row, Tall("why")))
    rows.turn("fails")
    assert table.rowHeight(2) == 123
    assert table.columnSpan(2, 0) == len(Column)
    tokens = both_themes.tokens
    image = table.grab().toImage()
    top = table.horizontalHeader().height()
    assert image.pixelColor(1, top + 50).name() == tokens.err
    assert image.pixelColor(12, top + 40).name() == over(tokens.err, tokens.panel, 0.07)
    rows.turn("fails")
    assert table.rowHeight(2) == table.rowHeight(0)


def test_what_is_narrow_shows_fewer_columns(table: ResultTable) -> None:
    assert not table.isColumnHidden(Column.WAITED)
    table.resize(320, 400)
    assert table.isColumnHidden(Column.WAITED)
    assert table.columnWidth(Column.RESULT) > 50
