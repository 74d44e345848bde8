"""The view of a diff."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.deploy.diff_lines import DiffLine
from desktop.deploy.diff_view import PADDING, DiffView
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.theme.tokens import over

LINES = (
    DiffLine("file", 0, "render.yaml"),
    DiffLine("removed", 7, "plan: starter"),
    DiffLine("added", 7, f"plan: standard {'#' * 200}"),
)


def view(theme: Theme, qtbot: QtBot, most: int | None = None) -> DiffView:
    made = DiffView(theme, "Diff", most)
    qtbot.addWidget(made)
    made.resize(300, 120)
    made.show_lines(LINES)
    made.show()
    return made


def test_what_comes_and_goes_has_a_tint_of_its_own(both_themes: Theme, qtbot: QtBot) -> None:
    made = view(both_themes, qtbot)
    image = made.viewport().grab().toImage()
    tokens = both_themes.tokens
    for row, colour in ((1, tokens.err), (2, tokens.ok)):
        middle = PADDING + row * sizes.LOG_ROW + 2
        assert image.pixelColor(2, middle) == QColor(over(colour, tokens.log, sizes.LOG_TINT))


def test_all_of_it_can_be_copied(theme: Theme, qtbot: QtBot) -> None:
    shown = view(theme, qtbot)
    QTest.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1] == "− plan: starter"


def test_a_long_line_can_be_scrolled_to(theme: Theme, qtbot: QtBot) -> None:
    assert view(theme, qtbot).horizontalScrollBar().maximum() > 300


def test_it_is_as_high_as_what_it_shows(theme: Theme, qtbot: QtBot) -> None:
    made = view(theme, qtbot, 2)
    assert made.height() < made.sizeHint().height() + 1
    few = made.height()
    made.show_lines(LINES[:1])
    assert made.height() == few - sizes.LOG_ROW
