"""The place for a card at the foot of a log."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.logpane.foot import Foot
from desktop.widgets.labels import label

SENTENCE = "It took the whole process with it, and what it held was put back. "


@pytest.fixture
def foot(qtbot: QtBot) -> Iterator[Foot]:
    """Below a log in 400 x 500 pixels."""
    window, foot = QWidget(), Foot()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(QLabel("log"), 1)
    column.addWidget(foot)
    window.resize(400, 500)
    window.show()
    foot.limit(300)
    yield foot


def card(sentences: int) -> tuple[QFrame, QLabel]:
    made, words = QFrame(), label(SENTENCE * sentences, wrap=True)
    column = QVBoxLayout(made)
    column.addWidget(words)
    return made, words


def test_it_is_as_high_as_its_card_and_no_more_when_there_is_none(foot: Foot, qtbot: QtBot) -> None:
    made, words = card(1)
    foot.show_card(made)
    qtbot.waitUntil(lambda: made.height() == made.heightForWidth(made.width()))
    low = foot.height()
    words.setText(SENTENCE * 3)
    qtbot.waitUntil(
        lambda: low < foot.height() and made.visibleRegion().boundingRect() == made.rect()
    )
    foot.show_card(None)
    assert not foot.isVisible()


def test_a_card_that_needs_more_than_there_is_scrolls(foot: Foot, qtbot: QtBot) -> None:
    made, _ = card(30)
    foot.show_card(made)
    qtbot.waitUntil(lambda: foot.height() == 300)
    assert made.height() > 300
    foot.limit(120)
    qtbot.waitUntil(lambda: foot.height() == 120)
