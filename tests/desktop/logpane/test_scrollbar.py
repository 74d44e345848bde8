"""The scroll bar's marks."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.logpane.scrollbar import MarkedScrollBar
from desktop.theme.theme import Theme


def test_marks_are_painted_where_they_are(both_themes: Theme, qtbot: QtBot) -> None:
    bar = MarkedScrollBar(both_themes)
    qtbot.addWidget(bar)
    bar.resize(10, 102)
    bar.show()
    bar.show_marks({"err": [0.5], "acc": [0.0, 1.0]})
    picture = bar.grab().toImage()
    tokens = both_themes.tokens
    colours = [QColor(picture.pixelColor(5, y)).name() for y in (0, 50, 101)]
    assert colours == [tokens.acc, tokens.err, tokens.acc]


def test_many_marks_are_thinned_out(theme: Theme, qtbot: QtBot) -> None:
    bar = MarkedScrollBar(theme)
    qtbot.addWidget(bar)
    bar.show_marks({"acc": [n / 5000 for n in range(5000)]})
    assert 0 < len(bar.marks["acc"]) <= 1000
