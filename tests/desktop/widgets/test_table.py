"""What all tables have in common."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.table import Table


class Names(QStandardItemModel):
    """Two rows of three columns."""

    def __init__(self) -> None:
        super().__init__(2, 3)


def test_a_click_chooses_the_whole_row(both_themes: Theme, qtbot: QtBot) -> None:
    table = Table(both_themes, Names(), "Names", row_height=36, wide=1)
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    place = table.visualRect(table.model().index(1, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert {index.row() for index in table.selectedIndexes()} == {1}
    assert len(table.selectedIndexes()) == 3


def test_one_column_takes_what_the_others_leave(theme: Theme, qtbot: QtBot) -> None:
    table = Table(theme, Names(), "Names", row_height=36, wide=1)
    qtbot.addWidget(table)
    table.setColumnWidth(0, 50)
    table.setColumnWidth(2, 60)
    table.resize(400, 200)
    table.show()
    assert table.columnWidth(1) == table.viewport().width() - 110
    assert (table.rowHeight(0), table.accessibleName()) == (36, "Names")
