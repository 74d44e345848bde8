"""The broker, chosen by mouse and keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core.secret import Secret
from core.settings import Settings
from core.settings.origin import Layer, Origin
from core.setup.choices import Choices
from core.wishes import BUILTIN
from desktop.setup.broker_card import OTHER, OWN, BrokerCard
from desktop.theme.theme import Theme
from tests.support.trials import faulty, found, working


@pytest.fixture
def card(both_themes: Theme, qtbot: QtBot) -> BrokerCard:
    made = BrokerCard(both_themes)
    qtbot.addWidget(made)
    made.show_trial(faulty(), Choices())
    made.show()
    return made


def segment(card: BrokerCard, label: str) -> QToolButton:
    return next(each for each in card.findChildren(QToolButton) if each.text() == label)


def test_one_click_takes_the_built_in_broker_where_none_answers(
    card: BrokerCard, qtbot: QtBot
) -> None:
    assert card.kind.value == OWN
    assert card.row.fault.isVisible()
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.mouseClick(card.use_builtin, Qt.MouseButton.LeftButton)
    assert told.args == [Choices(broker=Secret(BUILTIN))]


def test_the_built_in_broker_and_back(card: BrokerCard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.mouseClick(segment(card, "Built-in broker"), Qt.MouseButton.LeftButton)
    card.show_trial(working(), told.args[0])
    assert card.kind.value == BUILTIN
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.mouseClick(segment(card, "From the project"), Qt.MouseButton.LeftButton)
    assert told.args == [Choices()]


def test_another_address_is_typed_and_its_password_is_seen_no_more(
    card: BrokerCard, qtbot: QtBot
) -> None:
    qtbot.mouseClick(segment(card, "Other URL…"), Qt.MouseButton.LeftButton)
    assert card.url.isVisible()
    qtbot.keyClicks(card.url, "redis://:hush@box:6379/0")
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.keyClick(card.url, Qt.Key.Key_Return)
    choices: Choices = told.args[0]
    assert choices.broker == Secret("redis://:hush@box:6379/0")
    card.show_trial(faulty(), choices)
    assert card.kind.value == OTHER
    assert card.url.text() == ""
    assert "hush" not in card.url.placeholderText()


def test_a_project_that_asks_for_the_built_in_broker_shows_it_as_taken(card: BrokerCard) -> None:
    settings = Settings(
        broker=Secret(BUILTIN), origins={"broker": Origin(Layer.PROJECT, "solofleet.toml")}
    )
    card.show_trial(replace(working(), found=found(settings)), Choices())
    assert card.kind.value == BUILTIN
