"""The fleet that would be started."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.project.finding import Part
from core.settings.origin import Layer, Origin, Setting
from core.setup.choices import Choices
from core.workers.mode import Mode
from desktop.setup.fault_card import FaultCard
from desktop.setup.fleet_card import FleetCard
from desktop.setup.words import MODES
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


def test_a_mode_is_chosen_and_says_what_one_gets(card: FleetCard, qtbot: QtBot) -> None:
    def texts() -> list[str]:
        return [each.text() for each in card.findChildren(QLabel)]

    assert MODES[Mode.FLEET][1] in texts()
    plain = next(each for each in card.findChildren(QToolButton) if each.text() == "Plain solo")
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.mouseClick(plain, Qt.MouseButton.LeftButton)
    assert told.args == [Choices(mode="plain")]
    assert any("--pool=solo" in text for text in texts())
    trial = working()
    assert trial.project is not None
    asked = {"mode": Setting("prefork", Origin(Layer.ASKED))}
    project = replace(trial.project, settings=trial.project.settings.over(asked))
    card.show_trial(replace(trial, project=project), Choices(mode="prefork"))
    assert card.mode.value == Mode.PREFORK
    assert MODES[Mode.PREFORK][1] in texts()
    assert any("--pool=prefork" in text for text in texts())


def test_in_a_low_window_the_start_stays_in_sight(card: FleetCard, qtbot: QtBot) -> None:
    card.resize(320, 380)
    qtbot.waitUntil(lambda: card.height() == 380)
    assert card.rect().contains(card.begin.geometry())


def test_what_is_wrong_with_the_number_of_workers_stands_here(card: FleetCard) -> None:
    card.show_trial(
        faulty(Part.WORKERS, FleetError("no number", "it is many", "set it")), Choices()
    )
    assert card.findChild(FaultCard).isVisible()
