"""The keys of a log."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from desktop.logpane.layout import Anchor
from desktop.logpane.selection import Point, Selection
from desktop.logpane.view import LogView
from tests.desktop.logpane.conftest import ROWS
from tests.support.logs import ID, OTHER_ID, failed, numbered, printed

Open = Callable[..., tuple[LogStore, LogView]]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_keys_scroll_by_row_and_page_and_to_both_ends(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 100))
    tops: list[int] = []
    for key in (Key.Key_Up, Key.Key_PageUp, Key.Key_Down, Key.Key_PageDown, Key.Key_Home):
        qtbot.keyClick(view, key)
        assert view.anchor
        tops.append(view.anchor.place)
    assert tops == [89, 80, 81, 90, 0]
    assert not view.following
    qtbot.keyClick(view, Key.Key_End)
    assert view.following


def test_ctrl_and_keys(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 100))
    sizes: list[int] = []
    for key in (Key.Key_Plus, Key.Key_Equal, Key.Key_Minus, Key.Key_0):
        qtbot.keyClick(view, key, CTRL)
        sizes.append(view.metrics.size_px)
    assert sizes == [13, 14, 13, 12]
    qtbot.keyClick(view, Key.Key_Home, CTRL)
    assert view.anchor == Anchor(0)
    qtbot.keyClick(view, Key.Key_End, CTRL)
    assert view.following
    qtbot.keyClick(view, Key.Key_L, CTRL)
    assert view.strips == []


def test_shift_and_arrows_select_from_the_caret(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed("one"), printed("two"), printed("three"))
    view.select(Selection(Point(1, 0, 1), Point(1, 0, 1)))
    heads: list[Point] = []
    for key in (
        *(Key.Key_Right, Key.Key_End, Key.Key_Right, Key.Key_Left, Key.Key_Home),
        *(Key.Key_Left, Key.Key_Down, Key.Key_Up, Key.Key_PageDown),
    ):
        qtbot.keyClick(view, key, SHIFT)
        assert view.selection
        heads.append(view.selection.head)
    assert heads == [
        *(Point(1, 0, 2), Point(1, 0, 3), Point(2, 0, 0), Point(1, 0, 3), Point(1, 0, 0)),
        *(Point(0, 0, 3), Point(1, 0, 3), Point(0, 0, 3), Point(2, 0, 3)),
    ]
    assert view.selection
    assert view.selection.anchor == Point(1, 0, 1)


def test_selecting_beyond_the_edge_scrolls(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 100))
    view.go_to(Anchor(40))
    view.select(Selection(Point(40, 0, 0), Point(40, 0, 0)))
    qtbot.keyClick(view, Key.Key_Up, SHIFT)
    assert view.anchor == Anchor(39)
    for _ in range(ROWS):
        qtbot.keyClick(view, Key.Key_Down, SHIFT)
    assert view.anchor == Anchor(40)


def test_all_is_selected_and_copied(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 30))
    qtbot.keyClick(view, Key.Key_A, CTRL)
    qtbot.keyClick(view, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines() == [f"line {n}" for n in range(30)]
    qtbot.keyClick(view, Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text().count("INFO/MainProcess") == 30


def test_right_and_left_unfold_and_fold_the_traceback_of_the_caret(
    open_view: Open, qtbot: QtBot
) -> None:
    _, view = open_view(printed("a"), failed(), printed("b"))
    view.select(Selection(Point(1, 0, 0), Point(1, 0, 0)))
    qtbot.keyClick(view, Key.Key_Right)
    assert len(view.strips) == 9
    qtbot.keyClick(view, Key.Key_Left)
    assert len(view.strips) == 5


def test_right_and_left_scroll_rows_that_are_cut(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed("x" * 300))
    qtbot.keyClick(view, Key.Key_Right)
    assert view.scrolled == 8
    qtbot.keyClick(view, Key.Key_Left)
    assert view.scrolled == 0


def test_tab_goes_from_link_to_link_and_then_on(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed(f"Task a[{ID}] received"), printed(f"Task b[{OTHER_ID}] received"))
    told: list[str] = []
    view.task_clicked.connect(told.append)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    after = QLineEdit()
    column.addWidget(view)
    column.addWidget(after)
    window.show()
    view.setFocus()
    for _ in range(2):
        qtbot.keyClick(view, Key.Key_Tab)
        qtbot.keyClick(view, Key.Key_Return)
    assert told == [ID, OTHER_ID]
    qtbot.keyClick(view, Key.Key_Backtab, SHIFT)
    qtbot.keyClick(view, Key.Key_Return)
    assert told[-1] == ID
    qtbot.keyClick(view, Key.Key_Tab)
    qtbot.keyClick(view, Key.Key_Tab)
    qtbot.waitUntil(lambda: window.focusWidget() is after)
    assert view.focused is None
    view.setParent(None)


def test_bookmarks_are_set_and_visited(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 100))
    view.go_to(Anchor(20))
    qtbot.keyClick(view, Key.Key_F2, CTRL)
    assert view.document.bookmarks == [20]
    qtbot.keyClick(view, Key.Key_End)
    qtbot.keyClick(view, Key.Key_F2)
    assert 20 in [strip.place for strip in view.strips]


def test_keys_of_the_window_are_left_to_it(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 5))
    window = QWidget()
    qtbot.addWidget(window)
    passed: list[int] = []
    window.keyPressEvent = lambda event: passed.append(event.key())  # type: ignore[method-assign]
    view.setParent(window)
    for key in (Key.Key_F5, Key.Key_Escape, Key.Key_F3):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Key.Key_K, CTRL)
    qtbot.keyClick(view, Key.Key_X, Qt.KeyboardModifier.AltModifier)
    passed = [key for key in passed if key not in (Key.Key_Control, Key.Key_Alt)]
    assert passed == [Key.Key_F5, Key.Key_Escape, Key.Key_F3, Key.Key_K, Key.Key_X]
    view.setParent(None)
