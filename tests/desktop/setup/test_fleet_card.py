"""The fleet that would be started."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.project.finding import Part
from core.setup.choices import Choices
from desktop.setup.fault_card import FaultCard
from desktop.setup.fleet_card import FleetCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from tests.support.trials import faulty, working


@pytest.fixture
def card(both_themes: Theme, qtbot: QtBot) -> FleetCard:
    made = FleetCard(both_themes)
    qtbot.addWidget(made)
    made.show_trial(working(), Choices())
    made.show()
    return made


def test_workers_are_named_and_one_click_starts_them(card: FleetCard, qtbot: QtBot) -> None:
    texts = [each.text() for each in card.findChildren(QLabel)]
    assert "worker4@box" in texts
    assert card.begin.text() == "Start 4 workers"
    with qtbot.waitSignal(card.start):
        qtbot.mouseClick(card.begin, Qt.MouseButton.LeftButton)


def test_nothing_can_be_started_while_something_is_wrong(card: FleetCard) -> None:
    card.show_trial(faulty(), Choices())
    assert not card.begin.isEnabled()
    texts = [each.text() for each in card.findChildren(QLabel) if each.isVisible()]
    assert "1 thing to fix" in texts


def test_one_worker_more(card: FleetCard, qtbot: QtBot) -> None:
    more = next(
        each
        for each in card.findChildren(IconButton)
        if each.accessibleName() == "Workers: one more"
    )
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert told.args == [Choices(workers=5)]


def test_queues_are_typed_with_commas_or_spaces(card: FleetCard, qtbot: QtBot) -> None:
    qtbot.keyClicks(card.queues, "mail, slow")
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.keyClick(card.queues, Qt.Key.Key_Return)
    assert told.args == [Choices(queues=("mail", "slow"))]


def test_what_is_wrong_with_the_number_of_workers_stands_here(card: FleetCard) -> None:
    card.show_trial(
        faulty(Part.WORKERS, FleetError("no number", "it is many", "set it")), Choices()
    )
    assert card.findChild(FaultCard).isVisible()
