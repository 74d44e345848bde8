"""What happened, why, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.theme.theme import Theme
from desktop.widgets.error_card import ErrorCard, sentence

ERROR = FleetError("the broker does not answer", "nobody listens <there>", "start Redis")


def test_all_three_parts_are_told_as_they_are(both_themes: Theme, qtbot: QtBot) -> None:
    card = ErrorCard(both_themes, ERROR, [QPushButton("Use the built-in broker")])
    qtbot.addWidget(card)
    words = [each.text() for each in card.findChildren(QLabel)]
    assert words == [
        "The broker does not answer",
        *("Why", "Nobody listens <there>"),
        *("What to do", "Start Redis"),
    ]
    assert card.accessibleName() == "Error: the broker does not answer"
    assert card.findChild(QPushButton) is not None


def test_it_can_be_closed(theme: Theme, qtbot: QtBot) -> None:
    card = ErrorCard(theme, ERROR)
    qtbot.addWidget(card)
    card.show()
    close = card.findChild(QToolButton)
    assert close is not None
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not card.isVisible()


def test_a_warning_says_that_it_is_one(theme: Theme, qtbot: QtBot) -> None:
    card = ErrorCard(theme, ERROR, warning=True)
    qtbot.addWidget(card)
    assert card.accessibleName().startswith("Warning: ")
    assert card.property("role") == "warn-card"


def test_words_begin_with_a_capital_and_commands_stay_as_they_are_typed() -> None:
    assert sentence("start the server") == "Start the server"
    assert sentence('uv add "celery[redis]"') == 'uv add "celery[redis]"'
    assert sentence("tasks.py has none") == "tasks.py has none"
