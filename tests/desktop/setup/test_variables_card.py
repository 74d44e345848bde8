"""Variables by name."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.project.finding import Part
from core.setup.trial import State
from desktop.setup.variables_card import HEADS, VariableRows, VariablesCard
from desktop.theme.theme import Theme
from tests.support.trials import faulty, found, working


def cells(rows: VariableRows) -> list[list[str]]:
    return [
        [rows.index(row, column).data() for column in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def test_names_are_listed_with_masks_and_places(qtbot: QtBot) -> None:
    rows = VariableRows()
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.show_found(found())
    assert cells(rows) == [
        ["API_KEY", "••••••••", "environment, wins over .env:9"],
        ["REDIS_URL", "rediss://••••@shop.example", ".env:4"],
    ]
    heads = [rows.headerData(place, Qt.Orientation.Horizontal) for place in range(len(HEADS))]
    assert heads == list(HEADS)
    rows.show_found(None)
    assert cells(rows) == []


def test_odd_lines_are_told_and_a_file_that_cannot_be_read_is_a_fault(
    both_themes: Theme, qtbot: QtBot
) -> None:
    card = VariablesCard(both_themes)
    qtbot.addWidget(card)
    odd = replace(found(), env_notes=(".env:3 is not NAME=value, so it is left out",))
    card.show_trial(replace(working(), found=odd))
    assert "left out" in card.notes.text()
    card.show_trial(faulty(Part.VARIABLES))
    assert card.row.state is State.FAULT
    assert card.notes.text() == ""
