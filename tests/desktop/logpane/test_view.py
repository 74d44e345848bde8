"""What a person does with a log, besides keys and mouse buttons."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from desktop.logpane.find import Query
from desktop.logpane.layout import Anchor
from desktop.logpane.links import PlaceLink, TaskLink
from desktop.logpane.manner import SIZES, Manner
from desktop.logpane.selection import Point, Selection
from desktop.logpane.view import LogView
from tests.support.logs import ID, failed, numbered, printed

Open = Callable[..., tuple[LogStore, LogView]]
PLAIN = Qt.KeyboardModifier.NoModifier


def turn(view: LogView, y: int, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    where = QPointF(50, 50)
    event = QWheelEvent(
        where,
        where,
        QPoint(),
        QPoint(0, y),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_the_wheel_scrolls_three_rows_a_notch_and_adds_small_turns_up(open_view: Open) -> None:
    _, view = open_view(numbered(0, 100))
    view.go_to(Anchor(50))
    turn(view, 120)
    assert view.anchor == Anchor(47)
    for _ in range(3):
        turn(view, -40)
    assert view.anchor == Anchor(50)


def test_the_wheel_with_shift_scrolls_columns(open_view: Open) -> None:
    _, view = open_view(printed("x" * 300))
    turn(view, -120, Qt.KeyboardModifier.ShiftModifier)
    assert view.scrolled == 6


def test_the_wheel_with_ctrl_changes_the_size_of_the_font(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 100))
    with qtbot.waitSignal(view.manner_changed) as told:
        turn(view, 120, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [Manner(size_px=13)]
    for _ in range(40):
        turn(view, -120, Qt.KeyboardModifier.ControlModifier)
    assert view.metrics.size_px == SIZES.start


def test_points_and_links_are_found_under_the_mouse(open_view: Open) -> None:
    _, view = open_view(printed(f"Task a[{ID}] received"), printed("x"))
    frame, middle = view.columns, view.top + view.metrics.row / 2

    def over(column: float) -> QPointF:
        return QPointF(frame.message_x + column * frame.advance, middle)

    assert view.point_at(over(5.1)) == Point(0, 0, 5)
    assert view.point_at(QPointF(0, -50)) == Point(0, 0, 0)
    assert view.point_at(QPointF(9999, 9999)) == Point(1, 0, 1)
    assert view.link_at(over(6.5)) is None
    found = view.link_at(over(7.2))
    assert found and isinstance(found[2], TaskLink)
    assert view.link_at(over(14.9)) == found
    assert view.link_at(over(15.1)) is None
    assert view.link_at(QPointF(2, middle)) is None
    assert view.strip_at(-1) is None


def test_links_are_told_by_what_they_lead_to(open_view: Open) -> None:
    _, view = open_view(printed("x"))
    told: list[tuple[object, ...]] = []
    view.task_clicked.connect(lambda id: told.append((id,)))
    view.place_clicked.connect(lambda path, line: told.append((path, line)))
    view.activate(TaskLink(0, 1, ID))
    view.activate(PlaceLink(0, 1, "app\\stock.py", 88))
    assert told == [(ID,), ("app\\stock.py", 88)]


def test_what_is_selected_can_be_copied(open_view: Open) -> None:
    _, view = open_view(printed("one"), printed("two"))
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    view.copy()
    assert clipboard.text() == "before"
    view.select(Selection(Point(0, 0, 0), Point(1, 0, 3)))
    view.copy()
    assert clipboard.text() == "one\ntwo"
    view.copy(prefix=True)
    assert clipboard.text().startswith("[2026-11-25 21:42:49,101: INFO/MainProcess] one\n[")


def test_going_to_a_hit_in_a_folded_traceback_unfolds_it(open_view: Open) -> None:
    _, view = open_view(numbered(0, 50), failed(), numbered(57, 100))
    view.look_for(Query("fun(*args"))
    view.step(False)
    assert view.finder.account() == "1 of 1"
    assert not view.document.is_folded(50)
    assert 53 in [strip.place for strip in view.strips]


def test_searching_goes_on_beside_what_a_person_does(open_view: Open, qtbot: QtBot) -> None:
    store, view = open_view(numbered(0, 20_000))
    view.look_for(Query("line 1"))
    qtbot.waitUntil(lambda: view.finder.done)
    found = len(view.finder.hits)
    assert found == 11_111
    store.append(printed("line 1").encode())
    view.grew()
    qtbot.waitUntil(lambda: len(view.finder.hits) == found + 1)


def test_clearing_hides_and_follows(open_view: Open, qtbot: QtBot) -> None:
    store, view = open_view(numbered(0, 50))
    view.scroll_rows(-5)
    view.clear()
    assert view.following
    assert view.strips == []
    view.repaint()
    store.append(numbered(50, 51).encode())
    view.grew()
    qtbot.waitUntil(lambda: len(view.strips) == 1)


def test_folding_at_the_end_leaves_the_head_in_sight(open_view: Open) -> None:
    _, view = open_view(numbered(0, 50), failed())
    first = view.strips[0].place
    view.fold(50)
    assert view.strips[0].place == first
    assert not view.following
    view.fold(50)
    assert view.following


def test_a_menu_is_asked_for_where_the_mouse_is(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed("a"))
    where = QPoint(30, 40)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, where)
    with qtbot.waitSignal(view.menu_requested) as told:
        QApplication.sendEvent(view.viewport(), event)
    assert told.args == [where]


def test_bookmarks_lead_from_one_to_the_next(open_view: Open) -> None:
    _, view = open_view(numbered(0, 100))
    view.next_bookmark()
    for place in (10, 60):
        view.document.toggle_bookmark(place)
    visited: list[int] = []
    for _ in range(3):
        view.next_bookmark()
        assert view.caret
        visited.append(view.caret.place)
    assert visited == [10, 60, 10]
