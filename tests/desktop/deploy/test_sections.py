"""Cards of a step."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.deploy.sections import scrolled_cards, section
from desktop.theme.theme import Theme


def test_cards_that_have_no_room_are_scrolled_to(theme: Theme, qtbot: QtBot) -> None:
    cards = [section("Title", QLabel("\n".join("abcdefghij")), note="note") for _ in range(9)]
    area = scrolled_cards(cards)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    assert area.verticalScrollBar().maximum() > 0
    assert cards[0].accessibleName() == "Title"
    assert {"Title", "note"} <= {each.text() for each in cards[0].findChildren(QLabel)}
