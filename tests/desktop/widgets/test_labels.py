"""Words."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.labels import label


def test_words_are_never_taken_for_html(theme: Theme, qtbot: QtBot) -> None:
    made = label("<b>KeyError</b>", "error")
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.property("role") == "error"


def test_long_words_wrap_and_can_be_copied(theme: Theme, qtbot: QtBot) -> None:
    made = label("why " * 50, wrap=True)
    qtbot.addWidget(made)
    assert made.wordWrap()
    assert made.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
