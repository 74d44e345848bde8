"""The bar at the top."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.changes import BrokerKnown
from desktop.shell.top_bar import TopBar
from desktop.theme.theme import Theme
from desktop.widgets.badge import Badge


@pytest.fixture
def bar(both_themes: Theme, qtbot: QtBot) -> TopBar:
    bar = TopBar(both_themes)
    qtbot.addWidget(bar)
    bar.resize(1024, 48)
    bar.show()
    return bar


def button(bar: TopBar, label: str) -> QPushButton:
    return next(each for each in bar.findChildren(QPushButton) if each.text() == label)


def told(bar: TopBar) -> list[str]:
    return [badge.accessibleName() for badge in bar.findChildren(Badge) if badge.isVisible()]


def test_what_is_done_all_day_is_one_click_away(bar: TopBar, qtbot: QtBot) -> None:
    for label, signal in (("Start all", bar.start_all), ("Send test task", bar.send)):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button(bar, label), Qt.MouseButton.LeftButton)


def test_what_cannot_be_done_says_why(bar: TopBar) -> None:
    start, send = button(bar, "Start all"), button(bar, "Send test task")
    usual = start.toolTip()
    bar.allow(start=False, send=False)
    assert not start.isEnabled()
    assert send.toolTip() == "There are no workers yet"
    bar.allow(start=True, send=True)
    assert send.isEnabled()
    assert start.toolTip() == usual


def test_workers_that_are_about_to_start_cannot_be_started_again(bar: TopBar) -> None:
    start = button(bar, "Start all")
    usual = start.toolTip()
    bar.show_beginning(True)
    assert start.text() == "Starting…"
    assert not start.isEnabled()
    bar.show_beginning(False)
    assert (start.text(), start.isEnabled(), start.toolTip()) == ("Start all", True, usual)


def test_all_are_stopped_where_some_run(bar: TopBar, qtbot: QtBot) -> None:
    bar.show_fleet(4, running=True)
    assert not button(bar, "Start all").isVisible()
    with qtbot.waitSignal(bar.stop_all):
        qtbot.mouseClick(button(bar, "Stop all"), Qt.MouseButton.LeftButton)


def test_the_number_of_workers_is_told_and_taken(bar: TopBar, qtbot: QtBot) -> None:
    bar.show_fleet(4, running=True)
    field = bar.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "4"
    with qtbot.waitSignal(bar.scaled) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert asked.args == [5]


def test_a_broker_of_our_own_is_local(bar: TopBar) -> None:
    assert told(bar) == []
    bar.show_broker(BrokerKnown("redis://127.0.0.1:6400/0", True, "Valkey 9", 0.41), local=True)
    assert told(bar) == ["LOCAL", "Built-in broker 0.4 ms"]


def test_a_shared_broker_is_named(bar: TopBar) -> None:
    url = "rediss://default:**@eu2-shop.upstash.io:6379/0"
    bar.show_broker(BrokerKnown(url, False, "the project's broker", 38.0), local=False)
    assert told(bar) == ["SHARED BROKER", "eu2-shop.upstash.io 38.0 ms"]


def test_what_waits_is_told_beside_the_broker_where_there_is_room(bar: TopBar) -> None:
    bar.show_broker(BrokerKnown("redis://127.0.0.1:6400/0", True, "Valkey 9", 0.41), local=True)
    bar.show_queued(1200)
    assert told(bar)[1] == "Built-in broker 0.4 ms"
    (badge,) = [each for each in bar.findChildren(Badge) if "broker" in each.accessibleName()]
    assert "1\u202f200 queued" in badge.toolTip()
    bar.resize(1400, 48)
    assert told(bar)[1] == "Built-in broker 0.4 ms, 1\u202f200 queued"
    bar.show_queued(0)
    assert told(bar)[1] == "Built-in broker 0.4 ms"


def test_a_broker_that_has_ended_is_told_in_its_colour(bar: TopBar) -> None:
    bar.show_broker(BrokerKnown("redis://127.0.0.1:1/0", True, "built-in", None), local=True)
    bar.show_broker_gone()
    (badge,) = [each for each in bar.findChildren(Badge) if "gone" in each.accessibleName()]
    assert badge.property("tone") == "err"


def test_nothing_is_wider_than_the_smallest_window(bar: TopBar) -> None:
    url = "rediss://default:**@eu2-shop.upstash.io:6379/0"
    bar.show_project("storefront")
    bar.show_fleet(4, running=True)
    bar.show_broker(BrokerKnown(url, False, "the project's broker", 38.0), local=False)
    assert bar.minimumSizeHint().width() <= 1024 - 72


def test_a_broker_that_gives_no_answer_says_so_until_it_does(bar: TopBar) -> None:
    bar.show_broker(BrokerKnown("redis://127.0.0.1:1/0", False, "own", 0.41), local=True)
    bar.show_answers(False)
    assert told(bar)[1] == "127.0.0.1:1 no answer"
    bar.show_answers(True)
    assert told(bar)[1] == "127.0.0.1:1 0.4 ms"
