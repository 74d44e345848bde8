"""A log with its bars."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from core.workers.phase import Phase
from desktop.logpane.document import Document
from desktop.logpane.filter import Filter
from desktop.logpane.frame import LogFrame
from desktop.logpane.layout import Anchor
from desktop.logpane.pane import Pane
from desktop.logpane.selection import Point, Selection, selected_text
from desktop.logpane.source import StoreSource
from desktop.theme.looks import WORKER
from desktop.theme.theme import Theme
from desktop.widgets.chip import Chip
from tests.support.logs import ID, failed, numbered, printed, store_of

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Shown = tuple[LogStore, Pane]


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    """A pane with a hundred lines and an error."""
    store = store_of(numbered(0, 100), failed())
    pane = Pane(theme, 1, "worker1", WORKER[Phase.READY], store)
    qtbot.addWidget(pane)
    pane.resize(700, 400)
    pane.show()
    qtbot.waitExposed(pane)
    pane.activateWindow()
    pane.setFocus()
    qtbot.waitUntil(pane.view.hasFocus)
    return store, pane


def test_ctrl_f_opens_the_bar_and_f3_goes_through_the_hits(shown: Shown, qtbot: QtBot) -> None:
    _, pane = shown
    qtbot.keyClick(pane.view, Qt.Key.Key_F, CTRL)
    assert pane.find_bar.isVisible()
    qtbot.keyClicks(pane.find_bar.field, "line 1")
    assert len(pane.view.finder.hits) == 11
    for key, modifiers, account in (
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, "1 of 11"),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, "2 of 11"),
        (Qt.Key.Key_F3, SHIFT, "1 of 11"),
    ):
        qtbot.keyClick(pane.find_bar.field, key, modifiers)
        assert pane.view.finder.account() == account
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()
    assert pane.view.finder.hits == []
    assert pane.view.hasFocus()


def test_f3_without_a_query_asks_for_one(shown: Shown, qtbot: QtBot) -> None:
    _, pane = shown
    qtbot.keyClick(pane.view, Qt.Key.Key_F3)
    assert pane.find_bar.isVisible()


def test_what_is_selected_is_looked_for(shown: Shown, qtbot: QtBot) -> None:
    _, pane = shown
    pane.view.select(Selection(Point(99, 0, 0), Point(99, 0, 4)))
    qtbot.keyClick(pane.view, Qt.Key.Key_F, CTRL)
    assert pane.find_bar.field.text() == "line"


def test_only_matches_hides_the_rest_until_the_bar_is_closed(shown: Shown, qtbot: QtBot) -> None:
    _, pane = shown
    pane.open_find()
    pane.find_bar.field.setText("line 5")
    pane.find_bar.only(True)
    qtbot.waitUntil(lambda: pane.document.count == 11)
    pane.find_bar.field.setText("line 55")
    qtbot.waitUntil(lambda: pane.document.count == 1)
    pane.close_find()
    assert pane.document.filter.shows_all


def test_only_matches_gives_back_what_was_filtered_by_before(shown: Shown) -> None:
    _, pane = shown
    chosen = Filter("line 1")
    pane.filter_by(chosen)
    pane.open_find()
    pane.find_bar.field.setText("line 2")
    pane.find_bar.only(True)
    pane.find_bar.field.setText("line 23")
    assert pane.document.filter.text == "line 23"
    pane.close_find()
    assert pane.document.filter == chosen
    assert pane.filter_bar.text.text() == "line 1"


def test_the_filter_bar_shows_counts_and_filters(shown: Shown, qtbot: QtBot) -> None:
    store, pane = shown
    qtbot.keyClick(pane.view, Qt.Key.Key_L, CTRL | SHIFT)
    assert pane.filter_bar.isVisible()
    pane.filter_bar.text.setText("KeyError")
    qtbot.waitUntil(lambda: pane.document.count == 1)
    store.append(printed("x", "WARNING").encode())
    with qtbot.waitSignal(pane.view.looked):
        pane.grew()
    names = [each.accessibleName() for each in pane.filter_bar.findChildren(Chip)]
    assert names[:2] == ["Error, 1", "Warning, 1"]
    qtbot.keyClick(pane.filter_bar.text, Qt.Key.Key_Escape)
    assert not pane.filter_bar.isVisible()
    assert pane.document.filter.shows_all


def test_esc_in_the_log_closes_the_bars_one_by_one(shown: Shown, qtbot: QtBot) -> None:
    _, pane = shown
    pane.open_filter()
    pane.open_find()
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_Escape)
    assert (pane.find_bar.isVisible(), pane.filter_bar.isVisible()) == (False, True)
    qtbot.keyClick(pane.view, Qt.Key.Key_Escape)
    assert not pane.filter_bar.isVisible()


def test_the_button_to_what_is_new_follows(shown: Shown, qtbot: QtBot) -> None:
    store, pane = shown
    pane.view.scroll_rows(-20)
    store.append(numbered(100, 228).encode())
    pane.grew()
    qtbot.waitUntil(lambda: pane._news.isVisible())
    assert pane._news.text() == "128 new lines"
    qtbot.mouseClick(pane._news, Qt.MouseButton.LeftButton)
    assert pane.view.following
    assert not pane._news.isVisible()


def test_the_pane_with_the_focus_has_a_border_of_its_own(shown: Shown, qtbot: QtBot) -> None:
    _, pane = shown
    assert pane.property("focused") is True
    other = Pane(pane.view._theme, 2, "worker2", WORKER[Phase.READY], store_of())
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(lambda: pane.property("focused") is False)
    assert other.property("focused") is True


def test_the_menu_opens_where_it_is_asked_for(shown: Shown, qtbot: QtBot) -> None:
    _, pane = shown
    pane.open_menu(QPoint(10, 10))
    menu = pane.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    menu.close()


def test_saving_asks_where_to_and_tells_when_it_is_done(
    shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    _, pane = shown
    pane.save(everything=True)
    dialog = pane.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    with qtbot.waitSignal(pane.saved) as told:
        dialog.fileSelected.emit(str(tmp_path / "a.log"))
    dialog.close()
    assert told.args == [str(tmp_path / "a.log")]
    with qtbot.waitSignal(pane.save_failed):
        pane.save_to(True, str(tmp_path / "no" / "a.log"))


def test_f8_goes_from_trouble_to_trouble_and_selects_it(theme: Theme, qtbot: QtBot) -> None:
    store = store_of(numbered(0, 100), printed("slow", "WARNING"), numbered(0, 100), failed())
    frame = LogFrame(theme, Document(StoreSource(store)), lambda: store.counts)
    qtbot.addWidget(frame)
    frame.resize(600, 300)
    frame.show()
    frame.view.follow(False)
    frame.view.go_to(Anchor(0))

    def chosen() -> str:
        assert frame.view.selection is not None
        return selected_text(frame.document, frame.view.selection, prefix=False)

    for key, modifier, text in (
        (Qt.Key.Key_F8, NONE, "slow"),
        (Qt.Key.Key_F8, NONE, f"Task stock.recount[{ID}] raised unexpected: KeyError('sku')"),
        (Qt.Key.Key_F8, NONE, "slow"),
        (Qt.Key.Key_F8, SHIFT, f"Task stock.recount[{ID}] raised unexpected: KeyError('sku')"),
        (Qt.Key.Key_F8, SHIFT, "slow"),
    ):
        qtbot.keyClick(frame.view, key, modifier)
        assert chosen() == text
        assert any(strip.row.text.startswith(text[:4]) for strip in frame.view.strips)
