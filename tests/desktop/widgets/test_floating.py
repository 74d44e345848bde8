"""What lies over the window for a while."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.floating import Floating


class Corner(Floating):
    def __init__(self, window: QWidget) -> None:
        super().__init__("Corner", window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def place(self) -> None:
        self.setGeometry(self.host.width() - 100, 0, 100, 50)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QLineEdit())
    window.resize(400, 300)
    window.show()
    return window


def test_it_comes_when_it_is_asked_and_keeps_its_place(window: QWidget) -> None:
    corner = Corner(window)
    assert not corner.isVisible()
    corner.come()
    assert corner.geometry().getRect() == (300, 0, 100, 50)
    window.resize(500, 300)
    assert corner.geometry().left() == 400


def test_esc_closes_it(window: QWidget, qtbot: QtBot) -> None:
    corner = Corner(window)
    corner.come()
    qtbot.keyClick(corner, Qt.Key.Key_Escape)
    assert not corner.isVisible()


def test_whatever_is_used_next_closes_it(window: QWidget, qtbot: QtBot) -> None:
    corner = Corner(window)
    corner.come()
    corner.setFocus()
    qtbot.waitUntil(corner.hasFocus)
    line = window.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.waitUntil(lambda: not corner.isVisible())
