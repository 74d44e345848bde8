"""What is visible keeps in step with the log."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from desktop.logpane.area import PACE_MS
from desktop.logpane.filter import Filter
from desktop.logpane.layout import Anchor
from desktop.logpane.links import TaskLink
from desktop.logpane.view import LogView
from tests.desktop.logpane.conftest import ROWS, Paints
from tests.support.logs import ID, failed, numbered, printed

Open = Callable[..., tuple[LogStore, LogView]]


def shown(view: LogView) -> list[str]:
    return [strip.row.text for strip in view.strips]


def grow(store: LogStore, view: LogView, start: int, end: int, qtbot: QtBot) -> None:
    store.append(numbered(start, end).encode())
    with qtbot.waitSignal(view.looked):
        view.grew()


def test_the_end_is_followed(open_view: Open, qtbot: QtBot) -> None:
    store, view = open_view(numbered(0, 50))
    assert shown(view)[-1] == "line 49"
    assert len(view.strips) == ROWS
    grow(store, view, 50, 60, qtbot)
    assert shown(view)[-1] == "line 59"
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum() == 50


def test_scrolling_up_pauses_and_tells_what_is_new(open_view: Open, qtbot: QtBot) -> None:
    store, view = open_view(numbered(0, 50))
    told: list[object] = []
    view.following_changed.connect(told.append)
    view.news_changed.connect(told.append)
    view.scroll_rows(-3)
    assert told == [False, 0]
    before = shown(view)
    grow(store, view, 50, 178, qtbot)
    assert told[-1] == view.news == 128
    assert shown(view) == before
    view.follow(True)
    assert told[-2:] == [True, 0]
    assert shown(view)[-1] == "line 177"


def test_what_is_not_seen_is_not_painted(open_view: Open, qtbot: QtBot) -> None:
    store, view = open_view(numbered(0, 50))
    view.scroll_rows(-20)
    QApplication.processEvents()
    paints = Paints(view.viewport())
    grow(store, view, 50, 5000, qtbot)
    QApplication.processEvents()
    assert paints.count == 0


def test_however_often_growth_is_told_it_is_painted_once_in_a_frame(
    open_view: Open, qtbot: QtBot
) -> None:
    store, view = open_view(numbered(0, 50))
    QApplication.processEvents()
    paints = Paints(view.viewport())
    for start in range(50, 1050, 10):
        store.append(numbered(start, start + 10).encode())
        view.grew()
    qtbot.waitUntil(lambda: paints.count == 1)
    loop = QEventLoop()
    QTimer.singleShot(2 * PACE_MS, loop.quit)
    loop.exec()
    assert paints.count == 1
    assert shown(view)[-1] == "line 1049"


def test_scrolling_to_the_end_follows_again(open_view: Open) -> None:
    _, view = open_view(numbered(0, 50))
    view.scroll_rows(-5)
    assert not view.following
    view.scroll_rows(4)
    assert not view.following
    view.scroll_rows(1)
    assert view.following


def test_the_scroll_bar_moves_the_log(open_view: Open) -> None:
    _, view = open_view(numbered(0, 50))
    bar = view.verticalScrollBar()
    bar.setValue(7)
    assert shown(view)[0] == "line 7"
    assert not view.following
    bar.setValue(bar.maximum())
    assert view.following


def test_lines_that_go_take_the_view_along(open_view: Open, qtbot: QtBot) -> None:
    store, view = open_view(numbered(0, 50), max_lines=50)
    view.scroll_rows(-40)
    grow(store, view, 50, 90, qtbot)
    assert shown(view)[:2] == [
        "40 lines were not kept (buffer full)",
        "line 40",
    ]


def test_a_place_is_shown_with_what_is_around_it(open_view: Open) -> None:
    _, view = open_view(numbered(0, 100), failed(), numbered(107, 200))
    view.show_place(102)
    assert [strip.place for strip in view.strips].index(102) == ROWS // 3
    assert not view.following


def test_a_moment_is_put_at_the_top_and_the_top_is_told(open_view: Open) -> None:
    _, view = open_view(numbered(0, 100))
    told: list[datetime] = []
    view.moment_changed.connect(told.append)
    moment = datetime(2026, 11, 25, 21, 0, 0, 20_000)
    view.show_moment(moment)
    assert shown(view)[0] == "line 20"
    assert told == []
    view.scroll_rows(1)
    assert told == [datetime(2026, 11, 25, 21, 0, 0, 21_000)]
    view.show_moment(datetime(2027, 1, 1))
    assert view.following


def test_ids_are_shorter_in_narrow_panes(open_view: Open) -> None:
    _, view = open_view(printed(f"Task a[{ID}] received"))
    assert shown(view) == ["Task a[17f2aa04] received"]
    view.resize(519, view.height())
    assert shown(view) == ["Task a[17f2] received"]
    (link,) = view.strips[0].row.links
    assert isinstance(link, TaskLink)
    assert link.id == ID


def test_a_filter_works_its_way_through_a_long_log(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 20_000))
    view.show_only(Filter("line 199"))
    qtbot.waitUntil(lambda: not view.document.searching)
    assert shown(view)[-1] == "line 19999"
    assert view.document.count == 111


def test_wrapped_rows_are_scrolled_one_by_one(open_view: Open) -> None:
    _, view = open_view(printed("word " * 200), numbered(1, 20))
    view.choose(wrap=True)
    view.go_to(Anchor(0, 3))
    assert [strip.place for strip in view.strips[:2]] == [0, 0]
    assert view.strips[0].start > 0
    view.scroll_rows(-1)
    assert view.anchor == Anchor(0, 2)


def test_columns_are_scrolled_as_far_as_there_is_text(open_view: Open) -> None:
    _, view = open_view(printed("x" * 200))
    view.scroll_columns(1000)
    assert view.scrolled == 200 - view.columns.columns
    view.scroll_columns(-1000)
    assert view.scrolled == 0
    view.choose(wrap=True)
    view.scroll_columns(8)
    assert view.scrolled == 0
