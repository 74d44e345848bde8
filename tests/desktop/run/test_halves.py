"""The halves of the Run page."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.run.grid import Layout
from desktop.run.halves import LEFT_LEAST, LEFT_WIDTH, LOGS_LEAST, ROOMY, Halves
from desktop.run.logs import Logs
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from tests.support.run_logs import fleet_of, logs_of


@pytest.fixture
def logs(theme: Theme) -> Logs:
    return logs_of(theme, fleet_of(4))


@pytest.fixture
def parts() -> tuple[QWidget, QWidget]:
    """A table and a drawer."""
    return QLabel("table"), QLabel("drawer")


@pytest.fixture
def halves(logs: Logs, parts: tuple[QWidget, QWidget], qtbot: QtBot) -> Halves:
    halves = Halves(QHBoxLayout(), *parts, logs)
    qtbot.addWidget(halves)
    halves.resize(1336, 800)
    halves.show()
    return halves


def test_the_details_stand_below_the_table_and_in_a_wide_window_beside_all(
    halves: Halves, logs: Logs, parts: tuple[QWidget, QWidget], qtbot: QtBot
) -> None:
    table, drawer = parts

    def lefts() -> list[int]:
        return [each.mapTo(halves, each.rect().topLeft()).x() for each in (table, logs, drawer)]

    qtbot.waitUntil(lambda: lefts()[2] < lefts()[1])
    halves.resize(ROOMY, 800)
    qtbot.waitUntil(lambda: lefts() == sorted(lefts()) and lefts()[2] > logs.width())
    assert drawer.width() == sizes.DRAWER
    halves.resize(1336, 800)
    qtbot.waitUntil(lambda: lefts()[2] < lefts()[1])
    assert drawer.isVisible()


def test_beside_all_the_details_leave_no_gap_when_they_are_closed(
    halves: Halves, logs: Logs, parts: tuple[QWidget, QWidget], qtbot: QtBot
) -> None:
    _, drawer = parts
    halves.resize(ROOMY, 800)
    qtbot.waitUntil(lambda: drawer.mapTo(halves, drawer.rect().topLeft()).y() == sizes.TOOLBAR)
    narrow = logs.width()
    drawer.hide()
    qtbot.waitUntil(lambda: logs.width() > narrow + sizes.DRAWER)
    halves.show_details(True)
    qtbot.waitUntil(lambda: logs.width() == narrow)
    assert drawer.isVisible()


@pytest.mark.parametrize("layout", [Layout.GRID, Layout.MERGED])
def test_nothing_is_left_over_at_the_right_whatever_the_width_was_before(
    halves: Halves, logs: Logs, parts: tuple[QWidget, QWidget], qtbot: QtBot, layout: Layout
) -> None:
    _, drawer = parts
    for width in (ROOMY + 200, 1176, ROOMY + 800):
        logs.arrange(layout)
        halves.resize(width, 800)
        logs.arrange(Layout.GRID)
        if width >= ROOMY:
            qtbot.waitUntil(lambda: drawer.mapTo(halves, drawer.rect().topLeft()).x() > ROOMY / 2)
            qtbot.waitUntil(lambda: halves.sizes()[2] == sizes.DRAWER)
            qtbot.waitUntil(lambda: halves.sizes()[0] == LEFT_WIDTH)


def test_a_narrow_window_leaves_logs_the_width_that_their_bar_needs(
    halves: Halves, logs: Logs, qtbot: QtBot
) -> None:
    halves.resize(920, 560)
    qtbot.waitUntil(lambda: logs.width() == LOGS_LEAST)
    assert halves.sizes()[0] == LEFT_LEAST
    assert halves.chosen == (LEFT_WIDTH, LOGS_LEAST)
    halves.resize(1336, 800)
    qtbot.waitUntil(lambda: halves.sizes()[0] == LEFT_WIDTH)
    halves.resize(ROOMY + 200, 800)
    qtbot.waitUntil(lambda: halves.sizes()[0] == LEFT_WIDTH)


def test_the_log_of_all_has_the_width_alone_where_it_is_scarce(
    halves: Halves, logs: Logs, parts: tuple[QWidget, QWidget]
) -> None:
    table, drawer = parts
    logs.arrange(Layout.MERGED)
    assert not table.isVisible()
    assert not halves.shows_details
    halves.show_details(True)
    assert table.isVisible()
    assert drawer.isVisible()
    logs.arrange(Layout.MERGED)
    halves.resize(ROOMY, 800)
    assert table.isVisible()
    halves.show_details(False)
    assert not drawer.isVisible()
    assert table.isVisible()
    halves.resize(1336, 800)
    assert not table.isVisible()
    assert drawer.isHidden()
