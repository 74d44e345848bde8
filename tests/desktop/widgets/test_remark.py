"""The line under an input."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.remark import Remark, set_wrong


def test_a_fault_stands_in_place_of_the_hint(theme: Theme, qtbot: QtBot) -> None:
    remark = Remark("as in 5")
    qtbot.addWidget(remark)
    remark.show_fault("no number")
    assert (remark.text(), remark.property("role")) == ("no number", "error")
    remark.show_fault("")
    assert (remark.text(), remark.property("role")) == ("as in 5", "dim")
    remark.show_hint("as in 6")
    assert remark.text() == "as in 6"


def test_an_input_is_drawn_as_wrong(theme: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    set_wrong(field, True)
    assert field.property("wrong") is True
    set_wrong(field, False)
    assert field.property("wrong") is False
