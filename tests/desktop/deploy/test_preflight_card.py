"""The card of preflight."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.deploy.facts import Facts
from desktop.deploy.preflight_card import PreflightCard
from desktop.deploy.steps import open_told, passed
from desktop.deploy.told import Grade
from desktop.theme.theme import Theme


def card(theme: Theme, qtbot: QtBot) -> PreflightCard:
    made = PreflightCard(theme)
    qtbot.addWidget(made)
    made.resize(744, 700)
    made.show()
    return made


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_chips_count_and_hide(theme: Theme, qtbot: QtBot, facts: Facts) -> None:
    made = card(theme, qtbot)
    made.show_facts(facts)
    qtbot.waitUntil(lambda: made.findings.complete)
    told = open_told(facts)
    notes = [each for each in told if each.grade is Grade.UNPROVEN]
    assert made.chips[Grade.UNPROVEN].accessibleName() == f"Not proven, {len(notes)}"
    click(made.chips[Grade.UNPROVEN])
    assert not any(made.findings.rows[each].isVisible() for each in notes)


def test_what_passed_can_be_unfolded(theme: Theme, qtbot: QtBot, facts: Facts) -> None:
    made = card(theme, qtbot)
    made.show_facts(facts)
    assert made.fold.text() == f"{passed(open_told(facts))} passed"
    click(made.fold)
    assert made.names.isVisible()
    click(made.passed)
    assert not made.names.isVisible()
    assert not made.fold.isVisible()


def test_while_it_runs_it_can_be_cancelled(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_running(True)
    assert made.cancel.isVisible()
    assert not made.again_button.isVisible()
    with qtbot.waitSignal(made.cancelled):
        click(made.cancel)
    made.show_running(False)
    with qtbot.waitSignal(made.again):
        click(made.again_button)


def test_in_a_narrow_window_no_label_is_cut(theme: Theme, qtbot: QtBot, facts: Facts) -> None:
    made = card(theme, qtbot)
    made.resize(640, 600)
    made.show_facts(facts)
    button = made.again_button
    assert (button.text(), button.toolTip()) == ("", "Check again")
    qtbot.waitUntil(lambda: made.rect().contains(button.geometry()))
    assert made.minimumSizeHint().width() <= 640


def test_what_hinders_it_is_told_in_its_place(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_facts(Facts(FleetError("git was not found", "it is not on PATH", "install it")))
    assert made.fault.isVisible()
    assert not made.fold.isVisible()
