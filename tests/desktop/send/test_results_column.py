"""The column of results."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.send.result_detail import ResultDetail
from desktop.send.result_rows import ResultRows
from desktop.send.results_column import EMPTY, ResultsColumn
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton


def said(column: ResultsColumn) -> set[str]:
    return {each.text() for each in column.findChildren(QLabel) if each.isVisible()}


def test_numbers_and_figures_are_told(both_themes: Theme, rows: ResultRows, qtbot: QtBot) -> None:
    column = ResultsColumn(both_themes, rows)
    qtbot.addWidget(column)
    column.show_sending(14, 3)
    column.show()
    assert {"send 14, 3 copies", "Half within 1.0 s, 95 % within 2.0 s, 2 at a time"} <= said(
        column
    )
    assert column.bar.accessibleName() == "1 succeeded, 1 failed, 0 running, 1 waiting"
    copy = column.findChild(IconButton)
    assert isinstance(copy, IconButton)
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "succeeds\nfails\nwaits"


def test_it_says_what_will_be_there_while_there_is_nothing(
    theme: Theme, rows: ResultRows, qtbot: QtBot
) -> None:
    rows.begin()
    column = ResultsColumn(theme, rows)
    qtbot.addWidget(column)
    column.show()
    assert EMPTY in said(column)
    rows.add(["a"])
    assert EMPTY not in said(column)
    assert "None has ended yet" in said(column)


def test_those_without_a_row_are_told_below(theme: Theme, rows: ResultRows, qtbot: QtBot) -> None:
    column = ResultsColumn(theme, rows)
    qtbot.addWidget(column)
    column.show()
    rows.add([str(number) for number in range(300)])
    qtbot.waitUntil(lambda: "103 more, all waiting" in said(column))


def test_a_detail_is_shown_below_its_task(theme: Theme, rows: ResultRows, qtbot: QtBot) -> None:
    column = ResultsColumn(theme, rows)
    qtbot.addWidget(column)
    column.resize(460, 600)
    column.show()
    rows.opened.connect(
        lambda row: column.show_detail(
            row, lambda fit: ResultDetail(theme, "fails", "ValueError: x", "First try.", fit)
        )
    )
    rows.turn("fails")
    assert "ValueError: x" in said(column)
    assert column.table.rowHeight(2) > 100


def test_another_project_begins_without_the_sendings_of_the_one_before(
    theme: Theme, rows: ResultRows, qtbot: QtBot
) -> None:
    column = ResultsColumn(theme, rows)
    qtbot.addWidget(column)
    column.show_sending(14, 3)
    column.show()
    rows.begin()
    assert "send 14, 3 copies" not in said(column)


def test_why_nobody_runs_it_is_told(theme: Theme, rows: ResultRows, qtbot: QtBot) -> None:
    column = ResultsColumn(theme, rows)
    qtbot.addWidget(column)
    column.show()
    column.show_stall("No worker runs")
    assert "No worker runs" in said(column)
    column.show_stall("")
    assert "No worker runs" not in said(column)
