"""Several logs at one moment."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from desktop.logpane.document import Document
from desktop.logpane.frame import LogFrame
from desktop.logpane.layout import Anchor
from desktop.logpane.source import StoreSource
from desktop.run.time_lock import TimeLock
from desktop.theme.theme import Theme
from tests.support.logs import numbered, store_of


@pytest.fixture
def frames(theme: Theme, qtbot: QtBot) -> list[LogFrame]:
    """Two logs of five seconds and one of one second, all a line a millisecond."""
    made: list[LogFrame] = []
    for end in (5000, 5000, 1000):
        store = store_of(numbered(0, end))
        frame = LogFrame(theme, Document(StoreSource(store)), lambda store=store: store.counts)
        qtbot.addWidget(frame)
        frame.resize(600, 300)
        frame.show()
        made.append(frame)
    return made


@pytest.fixture
def lock(frames: list[LogFrame]) -> TimeLock:
    lock = TimeLock(lambda: frames)
    for frame in frames:
        lock.watch(frame)
    return lock


def first(frame: LogFrame) -> str:
    return frame.view.strips[0].row.text


def wheel(frame: LogFrame, notches: int) -> None:
    where = QPointF(50, 50)
    event = QWheelEvent(
        where,
        frame.view.viewport().mapToGlobal(where),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(frame.view.viewport(), event)


def test_where_one_is_scrolled_the_others_go(frames: list[LogFrame], lock: TimeLock) -> None:
    one, two, short = frames
    wheel(one, 2)
    assert two.view.following
    lock.turn(True, one)
    assert first(two) == first(one)
    wheel(two, 100)
    assert first(one) == first(two) != "line 4980"
    one.view.go_to(Anchor(500))
    assert {first(frame) for frame in frames} == {"line 500"}
    lock.turn(False, one)
    wheel(one, 2)
    assert first(two) == first(short) == "line 500"


def test_a_log_that_ends_before_the_moment_waits_at_its_end(
    frames: list[LogFrame], lock: TimeLock
) -> None:
    one, _, short = frames
    lock.turn(True, one)
    wheel(one, 2)
    assert not short.view.following
    assert short.view.strips[-1].row.text == "line 999"


def test_who_follows_the_end_takes_the_others_along(
    frames: list[LogFrame], lock: TimeLock, qtbot: QtBot
) -> None:
    one, two, _ = frames
    lock.turn(True, one)
    wheel(one, 5)
    assert not any(frame.view.following for frame in frames)
    qtbot.keyClick(two.view, Qt.Key.Key_End)
    assert all(frame.view.following for frame in frames)


def test_a_log_without_times_leads_nobody(frames: list[LogFrame], lock: TimeLock) -> None:
    one, two, _ = frames
    store = LogStore()
    store.append(b"print\n" * 100)
    frame = LogFrame(
        one.view._theme, Document(StoreSource(store)), lambda: store.counts, parent=one
    )
    frame.resize(600, 300)
    lock.watch(frame)
    lock.turn(True, one)
    frame.view.scroll_rows(-20)
    assert two.view.following
