"""The menu of a log."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from core.logs.store import LogStore
from desktop.logpane.menu import log_menu
from desktop.logpane.selection import Point, Selection
from desktop.logpane.times import TimeFormat
from desktop.logpane.view import LogView
from tests.support.logs import printed

Open = Callable[..., tuple[LogStore, LogView]]


def action(menu: QMenu, text: str) -> QAction:
    return next(each for each in menu.actions() if each.text().split("\t")[0] == text)


def menu_of(view: LogView, told: list[str]) -> QMenu:
    return log_menu(
        view,
        view,
        find=lambda: told.append("find"),
        choose=lambda: told.append("filter"),
        save=lambda everything: told.append("save all" if everything else "save shown"),
    )


def test_everything_in_it_does_what_it_says(open_view: Open) -> None:
    _, view = open_view(printed("one"), printed("two"))
    told: list[str] = []
    menu = menu_of(view, told)
    for text in ("Find", "Filter", "Save what is shown...", "Save all lines..."):
        action(menu, text).trigger()
    assert told == ["find", "filter", "save shown", "save all"]
    action(menu, "Wrap long lines").trigger()
    assert view.wrap
    action(menu, "Larger text").trigger()
    assert view.metrics.size_px == 13
    action(menu, "Bookmark").trigger()
    assert view.document.bookmarks == [0]
    action(menu, "Clear view").trigger()
    assert view.strips == []


def test_copying_is_offered_where_something_is_selected(open_view: Open) -> None:
    _, view = open_view(printed("one"))
    assert not action(menu_of(view, []), "Copy").isEnabled()
    view.select(Selection(Point(0, 0, 0), Point(0, 0, 3)))
    assert action(menu_of(view, []), "Copy").isEnabled()
    assert action(menu_of(view, []), "Copy with time and level").isEnabled()


def test_one_format_of_time_is_chosen(open_view: Open) -> None:
    _, view = open_view(printed("one"))
    times = menu_of(view, []).findChild(QMenu)
    assert isinstance(times, QMenu)
    assert [each.isChecked() for each in times.actions()] == [True, False, False, False]
    times.actions()[3].trigger()
    assert view.time is TimeFormat.NONE


def test_keys_are_told_as_this_system_writes_them(open_view: Open) -> None:
    _, view = open_view(printed("one"))
    assert action(menu_of(view, []), "Clear view").text() == "Clear view\tCtrl+L"
