"""An error in three parts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.send.error_card import ErrorCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton


def test_all_parts_are_told_and_it_can_be_put_away(both_themes: Theme, qtbot: QtBot) -> None:
    card = ErrorCard(both_themes)
    qtbot.addWidget(card)
    assert card.isHidden()
    with qtbot.waitSignal(card.told):
        card.show_error(FleetError("shop.add is not sent", "it is away", "start it"))
    words = [label.text() for label in card.findChildren(QLabel)]
    assert words == ["shop.add is not sent", "It is away", "Start it"]
    cross = card.findChild(IconButton)
    assert isinstance(cross, IconButton)
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert card.isHidden()
