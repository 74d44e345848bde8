"""The strip over time."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from core.logs.density import Bar
from desktop.logpane.density_strip import HEIGHT, DensityStrip
from desktop.logpane.geometry import MERGED_LEFT, RIGHT
from desktop.theme.theme import Theme

AT = datetime(2026, 11, 25, 21, 42, 0)
SECOND = timedelta(seconds=1)
WIDTH = MERGED_LEFT + RIGHT + 60


@pytest.fixture
def strip(both_themes: Theme, qtbot: QtBot) -> DensityStrip:
    """Ten bars of a second and six pixels each."""
    strip = DensityStrip(both_themes)
    qtbot.addWidget(strip)
    strip.resize(WIDTH, HEIGHT)
    strip.show()
    bars = [Bar(10), Bar(), Bar(5, errors=1), Bar(4, warnings=2), *[Bar(2)] * 6]
    strip.show_bars(bars, AT, AT + 10 * SECOND)
    return strip


def middle(bar: int) -> QPoint:
    return QPoint(MERGED_LEFT + bar * 6 + 2, HEIGHT - 9)


def test_a_click_asks_for_the_time_of_a_bar(strip: DensityStrip, qtbot: QtBot) -> None:
    assert strip.room == 10
    for bar, asked in ((0, 0), (5, 5), (9, 9)):
        with qtbot.waitSignal(strip.asked) as told:
            qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle(bar))
        assert told.args == [AT + asked * SECOND, AT + (asked + 1) * SECOND]


def test_a_click_beside_an_error_means_the_error(strip: DensityStrip, qtbot: QtBot) -> None:
    for bar in (1, 2, 3):
        with qtbot.waitSignal(strip.asked) as told:
            qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle(bar))
        assert told.args == [AT + 2 * SECOND, AT + 3 * SECOND]


def test_errors_are_red_and_what_is_in_sight_stands_out(
    strip: DensityStrip, both_themes: Theme
) -> None:
    def colour(bar: int, up: int) -> str:
        image = strip.grab().toImage()
        return QColor(image.pixelColor(MERGED_LEFT + bar * 6 + 2, HEIGHT - 8 - up)).name()

    assert colour(2, 9) == both_themes.tokens.err
    assert colour(3, 7) == both_themes.tokens.warn
    assert colour(1, 1) == both_themes.tokens.panel
    before = colour(5, 1)
    strip.show_sight((AT + 4 * SECOND, AT + 7 * SECOND))
    assert colour(5, 1) != before
    assert colour(0, 1) == colour(9, 1) == before


def test_the_tooltip_tells_what_a_bar_has(strip: DensityStrip) -> None:
    for bar, said in ((2, "21:42:02, 5 lines, 1 error"), (3, "21:42:03, 4 lines, 2 warnings")):
        where = middle(bar)
        QApplication.sendEvent(
            strip, QHelpEvent(QHelpEvent.Type.ToolTip, where, strip.mapToGlobal(where))
        )
        assert QToolTip.text() == said
    strip.show_bars([], AT, AT)
    assert not strip.grab().isNull()
