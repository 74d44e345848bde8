"""Who may enter Flower, by mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.flower.access import Access
from core.secret import Secret
from desktop.flower.dialog import FlowerDialog
from desktop.theme.theme import Theme

ACCESS = Access("solofleet", Secret("k2JdQ7xwUU"), "in the keyring of this system")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(both_themes: Theme, window: QWidget) -> FlowerDialog:
    dialog = FlowerDialog(both_themes, ACCESS, own=True, parent=window)
    dialog.show()
    return dialog


def button(dialog: FlowerDialog, text: str) -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == text)


def words(dialog: FlowerDialog) -> list[str]:
    return [each.text() for each in dialog.findChildren(QLabel)]


def test_the_password_is_copied_and_never_shown(dialog: FlowerDialog, qtbot: QtBot) -> None:
    assert "solofleet" in words(dialog)
    assert not any("k2JdQ7xwUU" in text for text in words(dialog))
    assert any("keyring" in text for text in words(dialog))
    qtbot.mouseClick(button(dialog, "Copy password"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "k2JdQ7xwUU"
    qtbot.mouseClick(button(dialog, "Copy user"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "solofleet"


def test_the_browser_is_offered_once_there_is_a_page(dialog: FlowerDialog, qtbot: QtBot) -> None:
    dialog.show_state("It starts.")
    browse = button(dialog, "Open in the browser")
    assert not browse.isEnabled()
    dialog.show_ready(True)
    with qtbot.waitSignal(dialog.opened):
        qtbot.mouseClick(browse, Qt.MouseButton.LeftButton)


def test_it_says_whose_flower_runs(both_themes: Theme, window: QWidget) -> None:
    own, theirs = (
        FlowerDialog(both_themes, ACCESS, own=own, parent=window) for own in (True, False)
    )
    assert any("Solofleet's own runs" in text for text in words(own))
    assert not any("Solofleet's own runs" in text for text in words(theirs))
