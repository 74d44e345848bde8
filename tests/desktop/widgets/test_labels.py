"""Words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.labels import breakable, label


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


@pytest.mark.parametrize("text", ["x" * 600, "C:\\\\" + "work\\\\" * 60, "a_b.c=" * 100])
def test_what_has_no_spaces_is_broken_and_copied_as_it_is(
    theme: Theme, qtbot: QtBot, text: str
) -> None:
    made = label(text, wrap=True)
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 240
    assert made.text() == text
    made.show()
    made.setSelection(0, len(breakable(text)))
    qtbot.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == text


def test_words_stay_whole_where_a_line_has_room_for_them() -> None:
    for text in ("Start the server, or correct host and port", "/home/me/work/storefront/app.py"):
        assert breakable(text) == text
