"""A search that says how much was found."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.search_field import SearchField


def test_both_numbers_stand_at_its_right(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Find a task")
    qtbot.addWidget(field)
    field.resize(300, 32)
    field.show()
    field.show_count(11, 11)
    assert field.accessibleDescription() == "11"
    qtbot.keyClicks(field, "rep")
    field.show_count(3, 11)
    assert field.accessibleDescription() == "3 of 11"
    count = next(each for each in field.findChildren(QLabel) if each.text() == "3 of 11")
    assert count.geometry().right() < field.width()
    assert count.x() > 200
