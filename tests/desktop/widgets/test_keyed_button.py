"""A button that shows its key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.keyed_button import KeyedButton


def test_label_and_key_have_room_and_a_click_on_the_key_counts(theme: Theme, qtbot: QtBot) -> None:
    done: list[str] = []
    button = KeyedButton(theme, "Send 12 copies", lambda: done.append("sent"), "Ctrl+Enter")
    qtbot.addWidget(button)
    button.show()
    button.resize(button.sizeHint())
    key = button.findChild(QLabel)
    assert key is not None
    assert key.text() == "Ctrl+Enter"
    assert key.x() > button.fontMetrics().horizontalAdvance("Send 12 copies")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=key.geometry().center())
    assert done == ["sent"]
