"""What is seen first."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.curtain import LOGO, Curtain


def test_it_is_painted_when_it_comes_back_from_being_shown(qtbot: QtBot) -> None:
    curtain = Curtain()
    qtbot.addWidget(curtain)
    curtain.show_at_once()
    image = curtain.grab().toImage()
    assert curtain.isVisible()
    assert image.pixelColor(int(LOGO.x()) + 10, int(LOGO.y()) + 30) == QColor("#1f6feb")


def test_it_stands_in_the_middle_of_the_screen(qtbot: QtBot) -> None:
    curtain = Curtain()
    qtbot.addWidget(curtain)
    screen = QApplication.primaryScreen().availableGeometry()
    assert (curtain.frameGeometry().center() - screen.center()).manhattanLength() <= 2
