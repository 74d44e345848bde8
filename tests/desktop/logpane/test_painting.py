"""What is painted, in both themes."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from core.logs.level import Level
from core.logs.store import LogStore
from desktop.logpane.document import Document
from desktop.logpane.find import Query
from desktop.logpane.notes import Note
from desktop.logpane.painting import letter_of, level_colour
from desktop.logpane.selection import Point, Selection
from desktop.logpane.source import StoreSource
from desktop.logpane.times import TimeFormat
from desktop.logpane.view import LogView
from desktop.theme import tokens as sizes
from desktop.theme.theme import Choice, Theme
from desktop.theme.tokens import over
from tests.support.logs import ID, failed, printed, store_of

Show = Callable[..., LogView]


@pytest.fixture
def show(both_themes: Theme, qtbot: QtBot) -> Show:
    """A log in one theme after the other."""

    def make(*texts: str, width: int = 600) -> LogView:
        view = LogView(both_themes, Document(StoreSource(store_of(*texts))))
        qtbot.addWidget(view)
        view.resize(width, 300)
        view.show()
        return view

    return make


def image(view: LogView) -> QImage:
    return view.viewport().grab().toImage()


def at(view: LogView, row: int, x: float, down: float = 3) -> str:
    y = int(view.top + row * view.metrics.row + down)
    return QColor(image(view).pixelColor(int(x), y)).name()


def colours(view: LogView, row: int, start: float = 0, end: float = 600) -> set[str]:
    picture = image(view)
    top = int(view.top + row * view.metrics.row)
    return {
        QColor(picture.pixelColor(x, y)).name()
        for x in range(int(start), min(int(end), picture.width()))
        for y in range(top, top + view.metrics.row)
    }


def test_errors_and_warnings_have_a_tint_and_a_bar(show: Show, both_themes: Theme) -> None:
    view, tokens = show(printed("a"), printed("b", "WARNING"), failed()), both_themes.tokens
    assert at(view, 0, 400) == tokens.log
    for row, colour in ((1, tokens.warn), (2, tokens.err), (3, tokens.err), (4, tokens.err)):
        assert at(view, row, 590, 1) == over(colour, tokens.log, sizes.LOG_TINT)
        assert at(view, row, 1) == colour


def test_a_folded_traceback_says_how_much_is_hidden(show: Show) -> None:
    view = show(failed())
    before = view.columns.level_x - 2
    assert len(colours(view, 1, view.columns.time_x, before)) > 1
    view.fold(0)
    assert len(colours(view, 1, view.columns.time_x, before)) == 1


def test_a_cut_row_ends_in_a_chevron_and_a_wrapped_one_does_not(
    show: Show, both_themes: Theme
) -> None:
    view = show(printed("x" * 300))
    edge = view.viewport().width() - 15
    assert len(colours(view, 0, edge)) > 1
    view.choose(wrap=True)
    assert colours(view, 0, edge) == {both_themes.tokens.log}
    assert len(view.strips) > 1


def test_wide_characters_are_cut_where_there_is_no_room_for_them(
    show: Show, both_themes: Theme
) -> None:
    view = show(printed("日" * 200), printed("b" * 200))
    edge = view.viewport().width() - 16
    assert colours(view, 0, edge) == colours(view, 1, edge)


def test_hits_are_highlighted_and_the_current_one_more(show: Show, both_themes: Theme) -> None:
    view, tokens = show(printed("find me"), printed("find me")), both_themes.tokens
    view.look_for(Query("me"))
    view.step(False)
    assert tokens.accfill in colours(view, 0)
    assert tokens.accfill not in colours(view, 1)
    assert over(tokens.acc, tokens.log, sizes.HIT_TINT) in colours(view, 1)
    assert at(view, 1, 500) == over(tokens.acc, tokens.log, sizes.CARD_TINT)


def test_what_is_selected_has_another_ground(show: Show, both_themes: Theme) -> None:
    view = show(printed("one two"), printed("three"))
    plain = image(view)
    view.select(Selection(Point(0, 0, 4), Point(1, 0, 2)))
    tinted = image(view)
    frame = view.columns

    def changed(row: int, column: float) -> bool:
        x = int(frame.message_x + column * frame.advance + 1)
        y = int(view.top + row * view.metrics.row + 1)
        return plain.pixelColor(x, y) != tinted.pixelColor(x, y)

    assert [changed(0, 2), changed(0, 5), changed(0, 7), changed(0, 9)] == [
        *(False, True, True, False)
    ]
    assert [changed(1, 0), changed(1, 3)] == [True, False]


def test_notes_and_dropped_lines_are_rows_that_look_unlike_lines(
    both_themes: Theme, qtbot: QtBot
) -> None:
    document = Document(StoreSource(store_of(*(printed("a") for _ in range(4)), max_lines=2)))
    document.add_note(Note(4, None, "process ended"))
    view = LogView(both_themes, document)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    tokens = both_themes.tokens
    assert at(view, 0, 590) == over(tokens.warn, tokens.log, sizes.LOG_TINT)
    assert tokens.line2 in colours(view, 3, 20, 100)
    assert tokens.text2 in colours(view, 3)


def test_bookmarks_and_the_focused_link_are_marked(
    show: Show, both_themes: Theme, qtbot: QtBot
) -> None:
    view = show(printed(f"Task a[{ID}] received"), printed("b"))
    acc = both_themes.tokens.acc
    view.select(Selection(Point(1, 0, 0), Point(1, 0, 0)))
    assert acc not in colours(view, 1)
    view.toggle_bookmark()
    assert acc in colours(view, 1, 0, view.columns.time_x)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    without = image(view)
    view.focusNextPrevChild(True)
    assert image(view) != without


def test_a_link_to_a_place_is_underlined_and_colours_of_prints_are_shown(
    show: Show, both_themes: Theme
) -> None:
    view = show(failed(), printed("\x1b[32mgreen\x1b[0m \x1b[1mbold"))
    assert both_themes.tokens.acc in colours(view, 1)
    assert len(colours(view, 3)) > 4


@pytest.mark.parametrize("choice", list(TimeFormat))
def test_every_format_of_time_can_be_painted(choice: TimeFormat, show: Show) -> None:
    view = show(printed("a", at="21:42:49,101"), printed("日本 e\u0301", at="21:42:50,101"))
    view.choose(time=choice)
    has_time = len(colours(view, 1, view.columns.time_x, view.columns.level_x - 1)) > 1
    assert has_time is (choice is not TimeFormat.NONE)


def test_levels_have_a_letter_and_a_colour(both_themes: Theme) -> None:
    assert [letter_of(level) for level in Level] == ["", "D", "I", "W", "E", "C"]
    tokens = both_themes.tokens
    assert level_colour(Level.CRITICAL, tokens) == tokens.err
    assert level_colour(Level.OTHER, tokens) == tokens.text2


def test_the_theme_is_followed(
    theme: Theme, open_view: Callable[..., tuple[LogStore, LogView]]
) -> None:
    _, view = open_view(printed("a"))
    dark = image(view)
    theme.choose(Choice.LIGHT)
    assert image(view) != dark
