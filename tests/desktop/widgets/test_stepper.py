"""A number, stepped and typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.stepper import Stepper, keep_order


@pytest.fixture
def stepper(theme: Theme, qtbot: QtBot) -> Stepper:
    stepper = Stepper(theme, "Workers", 1, 8, 4)
    qtbot.addWidget(stepper)
    stepper.show()
    return stepper


def button(stepper: Stepper, name: str) -> QToolButton:
    return next(b for b in stepper.findChildren(QToolButton) if b.accessibleName().endswith(name))


def test_the_buttons_step_and_say_so(stepper: Stepper, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stepper.changed) as told:
        qtbot.mouseClick(button(stepper, "one more"), Qt.MouseButton.LeftButton)
    assert (told.args, stepper.value) == ([5], 5)


def test_a_number_can_be_typed(stepper: Stepper, qtbot: QtBot) -> None:
    field = stepper.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, "7")
    with qtbot.waitSignal(stepper.changed) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [7]


def test_arrows_step(stepper: Stepper, qtbot: QtBot) -> None:
    qtbot.keyClick(stepper, Qt.Key.Key_Down)
    assert stepper.value == 3


def test_it_ends_at_its_ends(stepper: Stepper, qtbot: QtBot) -> None:
    stepper.show_value(99)
    assert stepper.value == 8
    assert not button(stepper, "one more").isEnabled()
    with qtbot.assertNotEmitted(stepper.changed):
        qtbot.keyClick(stepper, Qt.Key.Key_Up)


def test_what_the_program_shows_is_no_change(stepper: Stepper, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(stepper.changed):
        stepper.show_value(2)


def test_a_least_and_a_most_never_pass_each_other(theme: Theme, qtbot: QtBot) -> None:
    least, most = Stepper(theme, "At least", 1, 8, 4), Stepper(theme, "At most", 1, 8, 4)
    for each in (least, most):
        qtbot.addWidget(each)
    keep_order(least, most)
    qtbot.keyClick(least, Qt.Key.Key_Up)
    assert (least.value, most.value) == (5, 5)
    qtbot.keyClick(most, Qt.Key.Key_Down)
    assert (least.value, most.value) == (4, 4)
    qtbot.keyClick(most, Qt.Key.Key_Up)
    assert (least.value, most.value) == (4, 5)
