"""The boxes of rows that can be chosen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.deploy.cell_rows import Cell
from desktop.render.pick_rows import PickRows
from desktop.render.pick_table import PickTable
from desktop.theme.theme import Theme


def colours(image: QImage, left: int, right: int, y: int) -> set[str]:
    return {QColor(image.pixel(x, y)).name() for x in range(left, right)}


def test_boxes_are_in_colours_of_the_theme_and_a_click_ticks_them(
    both_themes: Theme, qtbot: QtBot
) -> None:
    rows = PickRows(both_themes, ("NAME", "STATE"))
    made = PickTable(both_themes, rows, "Names", (0, 100))
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    rows.offer([[Cell("A"), Cell("one")], [Cell("B"), Cell("two")]], frozenset("A"))
    filled = QColor(both_themes.tokens.accfill).name()

    def box_of(row: int) -> set[str]:
        cell = made.visualRect(rows.index(row, 0))
        image = made.viewport().grab().toImage()
        return colours(image, cell.left(), cell.left() + 40, cell.center().y() + 5)

    assert QColor(both_themes.tokens.field).name() in box_of(0)
    assert filled not in box_of(0)
    cell = made.visualRect(rows.index(0, 0))
    box = QPoint(cell.left() + 16, cell.center().y())
    QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert rows.chosen == ("A",)
    assert filled in box_of(0)
    assert filled not in box_of(1)
