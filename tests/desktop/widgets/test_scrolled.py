"""What is higher than its place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets.scrolled import scrolled


def test_it_is_as_wide_as_its_place_and_scrolls_what_is_higher(qtbot: QtBot) -> None:
    area = scrolled(QLabel("\n".join("line" for _ in range(100))))
    qtbot.addWidget(area)
    area.resize(200, 100)
    area.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert area.widget().width() == area.viewport().width()
    assert not area.horizontalScrollBar().isVisible()


def test_only_by_keys_it_takes_the_focus(qtbot: QtBot) -> None:
    still, keyed = scrolled(), scrolled(by_keys=True)
    qtbot.addWidget(still)
    qtbot.addWidget(keyed)
    assert still.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert keyed.focusPolicy() is Qt.FocusPolicy.StrongFocus
