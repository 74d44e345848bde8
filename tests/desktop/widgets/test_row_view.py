"""A list by mouse and keyboard."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.row_view import RowView

VALUE = int(Qt.ItemDataRole.UserRole)


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> RowView:
    model = QStandardItemModel()
    for word in ("one", "two"):
        item = QStandardItem(word)
        item.setData(f"value of {word}", VALUE)
        model.appendRow(item)
    made = RowView(theme, "Words", model, VALUE)
    model.setParent(made)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_click_chooses_what_the_row_stands_for(view: RowView, qtbot: QtBot) -> None:
    place = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(view.chosen) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["value of two"]


def test_enter_chooses_and_del_forgets_the_current_row(view: RowView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.forgotten) as forgotten:
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert (chosen.args, forgotten.args) == (["value of one"], ["value of one"])


def test_keys_without_a_current_row_do_nothing(view: RowView, qtbot: QtBot) -> None:
    view.setCurrentIndex(QModelIndex())
    with qtbot.assertNotEmitted(view.chosen), qtbot.assertNotEmitted(view.forgotten):
        qtbot.keyClick(view, Qt.Key.Key_Return)
        qtbot.keyClick(view, Qt.Key.Key_Delete)
