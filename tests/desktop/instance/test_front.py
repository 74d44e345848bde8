"""Bringing a window before all others."""

import os

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.instance.front import bring_to_front, let_to_front


def test_a_window_comes_from_wherever_it_was(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for put_away in (window.hide, window.showMinimized):
        put_away()
        bring_to_front(window)
        assert window.isVisible()
        assert not window.isMinimized()
        qtbot.waitUntil(window.isActiveWindow)


def test_a_maximised_window_stays_so(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMaximized()
    window.showMinimized()
    bring_to_front(window)
    assert window.isMaximized()


def test_any_process_may_be_let_to_the_front() -> None:
    let_to_front(os.getpid())
