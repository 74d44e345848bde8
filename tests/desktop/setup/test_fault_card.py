"""An error in its three parts, beside the part that it is about."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme


def test_the_way_out_can_be_copied(both_themes: Theme, qtbot: QtBot) -> None:
    card = FaultCard(both_themes)
    qtbot.addWidget(card)
    assert card.isHidden()
    card.show_error(FleetError("Celery is not installed", "it is not there", "pip install celery"))
    assert card.isVisible()
    assert (card.why.text(), card.fix.text()) == ("It is not there", "pip install celery")
    qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "pip install celery"
    card.show_error(None)
    assert card.isHidden()
