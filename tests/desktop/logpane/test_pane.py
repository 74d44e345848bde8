"""The pane of one worker."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from core.workers.phase import Phase
from desktop.logpane.banner import Banner, BannerWords
from desktop.logpane.notes import Note
from desktop.logpane.pane import LOG_LEAST, Pane
from desktop.logpane.trouble_card import Trouble, TroubleCard
from desktop.theme.looks import WORKER
from desktop.theme.theme import Theme
from tests.support.logs import ID, numbered, printed, store_of


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> tuple[LogStore, Pane]:
    """A pane with one line."""
    store = store_of(printed(f"Task a[{ID}] received"))
    pane = Pane(theme, 3, "worker3", WORKER[Phase.READY], store, file_name="worker3.log")
    qtbot.addWidget(pane)
    pane.resize(600, 400)
    pane.show()
    return store, pane


def press(pane: Pane, name: str, qtbot: QtBot) -> None:
    (button,) = [each for each in pane.findChildren(QToolButton) if each.accessibleName() == name]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_is_pressed_in_the_head_is_told(shown: tuple[LogStore, Pane], qtbot: QtBot) -> None:
    _, pane = shown
    for name, signal in (
        ("Restart worker3", pane.restart_asked),
        ("Stop worker3", pane.stop_asked),
        ("Maximise worker3", pane.maximise_asked),
    ):
        with qtbot.waitSignal(signal):
            press(pane, name, qtbot)
    pane.show_look(WORKER[Phase.CRASHED], runs=False)
    with qtbot.waitSignal(pane.start_asked):
        press(pane, "Start worker3", qtbot)


def test_the_lamp_and_the_log_agree(shown: tuple[LogStore, Pane], qtbot: QtBot) -> None:
    store, pane = shown
    store.append(numbered(0, 200).encode())
    pane.grew()
    qtbot.waitUntil(lambda: len(pane.view.strips) == pane.view.fit)
    press(pane, "Following worker3", qtbot)
    assert not pane.view.following
    press(pane, "Follow worker3", qtbot)
    assert pane.view.following


def test_notes_stand_between_the_lines(shown: tuple[LogStore, Pane]) -> None:
    _, pane = shown
    pane.add_note(Note(1, datetime(2026, 11, 25, 21, 43, 2), "process ended: 0xC0000005"))
    assert pane.view.strips[-1].row.text == "process ended: 0xC0000005"


def test_a_banner_stands_under_the_head_and_makes_room_for_the_next(
    shown: tuple[LogStore, Pane], qtbot: QtBot
) -> None:
    _, pane = shown
    first, second = QLabel("one"), QLabel("two")
    pane.show_banner(first)
    pane.show_banner(second)
    qtbot.waitUntil(lambda: second.isVisible())
    assert pane.header.geometry().bottom() < second.geometry().top() < pane.view.geometry().top()
    pane.show_banner(None)
    assert pane._banner is None


def test_the_rate_counts_what_came_since_it_was_told_last(
    shown: tuple[LogStore, Pane], qtbot: QtBot
) -> None:
    store, pane = shown
    store.append(numbered(0, 500).encode())
    qtbot.waitUntil(
        lambda: any("lines/s" in each.text() for each in pane.findChildren(QLabel)), timeout=3000
    )
    pane.show_look(WORKER[Phase.STOPPED], runs=False)
    assert not any("lines/s" in each.text() for each in pane.findChildren(QLabel))


def test_another_state_within_a_second_tells_no_rate_of_a_moment(
    shown: tuple[LogStore, Pane],
) -> None:
    store, pane = shown
    store.append(numbered(0, 1).encode())
    pane.show_look(WORKER[Phase.BUSY], runs=True)
    assert not any("/s" in each.text() for each in pane.findChildren(QLabel))


def test_links_are_told_by_the_pane(shown: tuple[LogStore, Pane], qtbot: QtBot) -> None:
    _, pane = shown
    with qtbot.waitSignal(pane.task_clicked) as told:
        pane.view.activate(pane.view.strips[0].row.links[0])
    assert told.args == [ID]


def test_two_panes_can_be_locked_in_time(theme: Theme, qtbot: QtBot) -> None:
    panes = [
        Pane(theme, n, f"worker{n}", WORKER[Phase.READY], store_of(numbered(0, 1000)))
        for n in (1, 2)
    ]
    for pane in panes:
        qtbot.addWidget(pane)
        pane.resize(600, 300)
        pane.show()
    one, two = panes
    one.moment_changed.connect(two.show_moment)
    two.moment_changed.connect(one.show_moment)
    one.view.scroll_rows(-300)
    assert one.view.strips[0].place == two.view.strips[0].place
    two.view.scroll_rows(-7)
    assert one.view.strips[0].place == two.view.strips[0].place


def test_everything_can_be_reached_and_has_a_name(shown: tuple[LogStore, Pane]) -> None:
    _, pane = shown
    assert pane.accessibleName() == "worker3"
    assert pane.view.accessibleName() == "Log of worker3"
    assert all(each.accessibleName() for each in pane.findChildren(QToolButton))


def test_its_menu_has_what_its_head_may_have_no_room_for(
    shown: tuple[LogStore, Pane], qtbot: QtBot
) -> None:
    _, pane = shown
    for text, signal in (
        ("Restart", pane.restart_asked),
        ("Stop", pane.stop_asked),
        ("Maximise or restore", pane.maximise_asked),
    ):
        actions = {action.text(): action for action in pane.make_menu().actions()}
        with qtbot.waitSignal(signal):
            actions[text].trigger()


def test_a_card_leaves_some_lines_to_the_log_however_low_the_pane_is(
    shown: tuple[LogStore, Pane], theme: Theme, qtbot: QtBot
) -> None:
    _, pane = shown
    pane.setMinimumSize(0, 0)
    trouble = Trouble("crash", "Crashed in shop.add", "", "It ended its process. " * 20, fix="Mend")
    pane.show_card(TroubleCard(theme, trouble))
    pane.show_banner(Banner(theme, BannerWords(WORKER[Phase.BACKOFF], "crashed, try 2")))
    pane.open_filter()
    pane.resize(320, 280)
    qtbot.waitUntil(lambda: pane.view.height() == LOG_LEAST)
    assert pane.view.geometry().bottom() < pane.height()
