"""The mouse over a log."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from desktop.logpane.selection import Point, selected_text
from desktop.logpane.view import LogView
from tests.support.logs import ID, failed, numbered, printed

Open = Callable[..., tuple[LogStore, LogView]]
LEFT = Qt.MouseButton.LeftButton


def spot(view: LogView, row: int, column: float) -> QPoint:
    y = view.top + (row + 0.5) * view.metrics.row
    return QPoint(round(view.columns.message_x + column * view.metrics.advance), round(y))


def chosen(view: LogView) -> str:
    return selected_text(view.document, view.selection, prefix=False) if view.selection else ""


def drag(qtbot: QtBot, view: LogView, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    qtbot.mousePress(port, LEFT, pos=start)
    qtbot.mouseMove(port, (start + end) / 2)
    qtbot.mouseMove(port, end)
    qtbot.mouseRelease(port, LEFT, pos=end)


def test_dragging_selects_text(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed("one two"), printed("three"))
    drag(qtbot, view, spot(view, 0, 4), spot(view, 1, 2))
    assert chosen(view) == "two\nth"
    drag(qtbot, view, spot(view, 1, 2), spot(view, 0, 4))
    assert chosen(view) == "two\nth"


def test_a_double_click_selects_a_word_and_one_more_the_line(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed("see app.stock here"))
    port, where = view.viewport(), spot(view, 0, 6)
    qtbot.mouseClick(port, LEFT, pos=where)
    qtbot.mouseDClick(port, LEFT, pos=where)
    assert chosen(view) == "app.stock"
    qtbot.mouseClick(port, LEFT, pos=where)
    assert chosen(view) == "see app.stock here"


def test_dragging_after_a_double_click_goes_word_by_word(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed("one two three"))
    port = view.viewport()
    qtbot.mouseDClick(port, LEFT, pos=spot(view, 0, 5))
    qtbot.mousePress(port, LEFT, Qt.KeyboardModifier.ShiftModifier, spot(view, 0, 5))
    qtbot.mouseRelease(port, LEFT, pos=spot(view, 0, 5))
    assert view.selection


def test_shift_and_a_click_extend_the_selection(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed("one two three"))
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, 0, 4))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(view.viewport(), LEFT, shift, spot(view, 0, 7))
    assert chosen(view) == "two"
    qtbot.mouseClick(view.viewport(), LEFT, shift, spot(view, 0, 0))
    assert chosen(view) == "one "


def test_a_click_on_an_id_follows_it_and_a_drag_over_it_does_not(
    open_view: Open, qtbot: QtBot
) -> None:
    _, view = open_view(printed(f"Task a[{ID}] received"))
    told: list[str] = []
    view.task_clicked.connect(told.append)
    drag(qtbot, view, spot(view, 0, 8), spot(view, 0, 20))
    assert told == []
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, 0, 8))
    assert told == [ID]


def test_a_click_on_a_line_of_a_file_follows_it(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(failed())
    with qtbot.waitSignal(view.place_clicked) as told:
        qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, 1, 10))
    assert told.args == ["app\\stock.py", 88]


def test_the_hand_shows_what_can_be_clicked(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed(f"Task a[{ID}] received"))
    qtbot.mouseMove(view.viewport(), spot(view, 0, 9))
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(view.viewport(), spot(view, 0, 20))
    assert view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def test_a_click_beside_a_traceback_unfolds_it_and_folds_it_again(
    open_view: Open, qtbot: QtBot
) -> None:
    _, view = open_view(printed("a"), failed(), printed("b"))
    port, folds = view.viewport(), QPoint(5, spot(view, 1, 0).y())
    qtbot.mouseClick(port, LEFT, pos=folds)
    assert len(view.strips) == 9
    qtbot.mouseClick(port, LEFT, pos=folds)
    assert len(view.strips) == 5
    more = QPoint(round(view.columns.time_x + 10), spot(view, 2, 0).y())
    qtbot.mouseClick(port, LEFT, pos=more)
    assert len(view.strips) == 9
    assert view.selection is None


def test_holding_the_mouse_above_the_pane_scrolls(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(numbered(0, 100))
    port = view.viewport()
    qtbot.mousePress(port, LEFT, pos=spot(view, 5, 2))
    qtbot.mouseMove(port, QPoint(100, -30))
    qtbot.waitUntil(lambda: view.strips[0].place < 88)
    qtbot.mouseRelease(port, LEFT, pos=QPoint(100, -30))
    assert view.selection
    assert view.selection.start.place < 90
    assert view.selection.end == Point(95, 0, 2)


def test_other_buttons_select_nothing(open_view: Open, qtbot: QtBot) -> None:
    _, view = open_view(printed("one"))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=spot(view, 0, 1))
    assert view.selection is None
    assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton
