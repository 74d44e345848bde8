"""A log with its bars: finding, filtering, saving, and the button to what is new."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QMenu, QVBoxLayout, QWidget

from core.logs.level import Level
from desktop.logpane.document import Document
from desktop.logpane.filter import Filter
from desktop.logpane.filterbar import FilterBar
from desktop.logpane.find import Query
from desktop.logpane.findbar import FindBar
from desktop.logpane.menu import log_menu
from desktop.logpane.news import NewsButton
from desktop.logpane.saving import Saver
from desktop.logpane.selection import Point, Selection, selected_line
from desktop.logpane.trouble import trouble_after, trouble_before
from desktop.logpane.view import LogView
from desktop.theme.theme import Theme


class LogFrame(QFrame):
    """What a pane of one worker and the merged view have in common.

    `counts` says how many records of each level came.
    """

    task_clicked = Signal(str)
    place_clicked = Signal(str, int)
    moment_changed = Signal(object)  # datetime at the top, of panes that are locked in time
    saved = Signal(str)  # path
    menu_made = Signal(object)  # QMenu, before it is opened: others may add to it
    save_failed = Signal(str, str)  # path, why
    focus_came = Signal()  # to any part of it

    def __init__(
        self,
        theme: Theme,
        document: Document,
        counts: Callable[[], Mapping[Level, int]],
        names: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self._counts = counts
        self.view = LogView(theme, document, names)
        self.find_bar = FindBar(theme)
        self.filter_bar = FilterBar(theme)
        self._news = NewsButton(theme, self.view)
        self._saver: Saver | None = None
        self._before_only: tuple[str, bool] | None = None
        self.setProperty("role", "pane")
        self.setProperty("focused", False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 6)
        self._column.setSpacing(0)
        for bar in (self.find_bar, self.filter_bar):
            bar.hide()
            self._column.addWidget(bar)
        self._column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self._connect()

    def _connect(self) -> None:
        view, find, choose = self.view, self.find_bar, self.filter_bar
        view.task_clicked.connect(self.task_clicked)
        view.place_clicked.connect(self.place_clicked)
        view.moment_changed.connect(self.moment_changed)
        view.news_changed.connect(self._news.show_news)
        view.found.connect(self._show_found)
        view.looked.connect(self._looked)
        view.menu_requested.connect(self.open_menu)
        view.installEventFilter(self)
        self._news.clicked.connect(partial(view.follow, True))
        find.query_changed.connect(self._look_for)
        find.step_asked.connect(self.step)
        find.only_asked.connect(self._only)
        find.closed.connect(self.close_find)
        choose.filter_changed.connect(self._choose)
        choose.closed.connect(self.close_filter)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def grew(self) -> None:
        """There are more lines; may be told as often as one likes."""
        self.view.grew()

    def show_moment(self, moment: datetime) -> None:
        """Put what was printed at a moment at the top."""
        self.view.show_moment(moment)

    # --- Finding ---

    def open_find(self) -> None:
        """Open the bar; what is selected in one row is looked for."""
        self.find_bar.open(selected_line(self.document, self.view.selection))

    def close_find(self) -> None:
        """Close the bar; nothing is highlighted any more, and what was hidden is shown."""
        self.find_bar.hide()
        self.find_bar.only(False)
        self.view.look_for(Query())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, backwards: bool) -> None:
        """Go to the next hit, or back to the one before; opens the bar when there is no query."""
        if self.find_bar.isHidden():
            self.open_find()
        self.view.step(backwards)

    def _look_for(self, query: Query) -> None:
        self.view.look_for(query)
        if self.find_bar.only_matches:
            self._only(True)

    def _only(self, on: bool) -> None:
        """While hits alone are shown, they stand for the text that was filtered by before."""
        now, query = self.document.filter, self.find_bar.query
        before = self._before_only or (now.text, now.regex)
        text, regex = (query.text, query.regex) if on else before
        self._before_only = before if on else None
        self.view.show_only(Filter(text, now.exclude, regex, now.levels))
        self.filter_bar.show_filter(self.document.filter)

    def _show_found(self) -> None:
        self.find_bar.show_found(self.view.finder)

    def step_trouble(self, backwards: bool) -> None:
        """Go to the next error or warning, or back to the one before, round the end."""
        view, chosen = self.view, self.view.selection
        seen = [strip.place for strip in view.strips[: view.fit]]
        if chosen is not None and chosen.head.place in seen:
            near = chosen.head.place
        elif backwards:
            near = seen[-1] + 1 if seen else 0
        else:
            near = seen[0] - 1 if seen else 0
        place = (trouble_before if backwards else trouble_after)(self.document, near)
        if place is not None:
            self.go_to(place)

    def go_to(self, place: int) -> None:
        """Scroll to a line, or to the next one that no filter hides, and select it.

        A line that is no longer held, or cleared from the view, leaves things as they are.
        """
        document = self.document
        if not document.first <= place < document.source.end:
            return
        shown = place if document.shows(place) else document.nearest(place)
        if shown is None:
            return
        self.view.show_place(shown)
        rows = document.rows(shown)
        last = len(rows) - 1  # what is said before a line comes first
        self.view.select(Selection(Point(shown, last, 0), Point(shown, last, len(rows[last].text))))

    # --- Filtering ---

    def open_filter(self) -> None:
        """Open the bar."""
        self.filter_bar.show()
        self._looked()
        self.filter_bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_filter(self) -> None:
        """Close the bar, and show all."""
        self.filter_bar.hide()
        self.filter_bar.reset()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def filter_by(self, chosen: Filter) -> None:
        """Filter; the bar is open where something is hidden."""
        self.view.show_only(chosen)
        self.filter_bar.show_filter(chosen)
        self.filter_bar.setVisible(not chosen.shows_all)
        self._looked()

    def _choose(self, chosen: Filter) -> None:
        self.view.show_only(chosen)

    def _looked(self) -> None:
        if not self.filter_bar.isHidden():
            self.filter_bar.levels.show_counts(self._counts())
            shown = None if self.document.filter.shows_all else self.document.count
            self.filter_bar.show_shown(shown)

    # --- Saving ---

    def save(self, everything: bool) -> None:
        """Ask where to, and write there what is shown, or everything."""
        dialog = QFileDialog(self, "Save log")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("log")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.save_to, everything))
        dialog.open()

    def save_to(self, everything: bool, path: str) -> None:
        """Write there; `saved` or `save_failed` tells the end."""
        self._saver = Saver(self.document, Path(path), everything=everything, parent=self)
        self._saver.saved.connect(self.saved)
        self._saver.failed.connect(self.save_failed)

    # --- Menu, keys, focus ---

    def open_menu(self, where: QPoint) -> None:
        """Open the menu of the log there."""
        menu = self.make_menu()
        self.menu_made.emit(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def make_menu(self) -> QMenu:
        """What else can be done with the log."""
        return log_menu(
            self, self.view, find=self.open_find, choose=self.open_filter, save=self.save
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the log itself did not take."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_F if control and not shift:
                self.open_find()
            case Qt.Key.Key_L if control and shift:
                self.open_filter()
            case Qt.Key.Key_F3:
                self.step(backwards=shift)
            case Qt.Key.Key_F8:
                self.step_trouble(backwards=shift)
            case Qt.Key.Key_Escape if not self.find_bar.isHidden():
                self.close_find()
            case Qt.Key.Key_Escape if not self.filter_bar.isHidden():
                self.close_filter()
            case _:
                event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The button to what is new stays in its place."""
        if event.type() is QEvent.Type.Resize and watched is self.view:
            self._news.place()
        return super().eventFilter(watched, event)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        focused = now is not None and self.isAncestorOf(now)
        if self.property("focused") != focused:
            self.setProperty("focused", focused)
            self.style().polish(self)
            if focused:
                self.focus_came.emit()
