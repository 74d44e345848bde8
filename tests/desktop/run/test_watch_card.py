"""The question whether others are watched."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.run.watch_card import WatchCard
from desktop.theme.theme import Theme

KNOWN = FleetError("1 worker of others: celery@PC-7", "it takes tasks", "watch it")


@pytest.mark.parametrize(("label", "watch"), [("Watch them", True), ("Not in this project", False)])
def test_an_answer_is_told_and_closes_the_question(
    both_themes: Theme, qtbot: QtBot, label: str, watch: bool
) -> None:
    told: list[bool] = []
    card = WatchCard(both_themes, KNOWN, told.append)
    qtbot.addWidget(card)
    card.show()
    button = next(each for each in card.findChildren(QPushButton) if each.text() == label)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == [watch]
    assert not card.isVisible()


def test_closing_it_decides_nothing(theme: Theme, qtbot: QtBot) -> None:
    told: list[bool] = []
    card = WatchCard(theme, KNOWN, told.append)
    qtbot.addWidget(card)
    card.show()
    close = card.findChild(QToolButton)
    assert close is not None
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert told == []
    assert not card.isVisible()
