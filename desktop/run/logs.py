"""The right half of the Run page: the logs of all workers, and the bar over them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.logs.level import Level
from core.logs.store import LogStore
from desktop.logpane.filter import Filter
from desktop.logpane.filterbar import FilterBar
from desktop.logpane.frame import LogFrame
from desktop.logpane.merged_log import MergedLog
from desktop.logpane.notes import Note
from desktop.run.grid import Layout
from desktop.run.panes import Panes
from desktop.run.time_lock import TimeLock
from desktop.run.toolbar import Toolbar
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme

COUNT_MS: Final = 250
"""How often the counts are told anew while lines come."""


@dataclass(frozen=True, slots=True)
class LogState:
    """What a person chose, to be kept.

    `levels` has the names of those that are shown, `hidden` the workers that are not to be seen in
    the log of all; `locked`: the panes are kept at one moment.
    """

    layout: str = Layout.GRID
    text: str = ""
    exclude: str = ""
    regex: bool = False
    levels: tuple[str, ...] = tuple(level.name for level in Level)
    hidden: tuple[str, ...] = ()
    locked: bool = False


class Logs(QWidget):
    """`log` gives a worker's store, `address` where a command is to be seen in a browser."""

    task_clicked = Signal(str)
    wide_changed = Signal()  # `wants_width` is another

    def __init__(
        self,
        theme: Theme,
        log: Callable[[str], LogStore],
        address: Callable[[str], str | None] = lambda name: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._log = log
        self._rows: Sequence[WorkerRow] = ()
        self._indices: dict[str, int] = {}
        self._filter = Filter()
        self._layout = Layout.GRID
        self.toolbar = Toolbar(theme)
        self.filter_bar = FilterBar(theme, shared=True)
        self.filter_bar.hide()
        self.panes = Panes(theme, log, address)
        self.merged = MergedLog(theme)
        self._lock = TimeLock(lambda: self.panes, self)
        self._body = QStackedWidget()
        self._body.addWidget(self.panes)
        self._body.addWidget(self.merged)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._lay_out()
        self._connect()
        self.arrange(Layout.GRID)

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setSpacing(8)
        inner.addWidget(self.filter_bar)
        inner.addWidget(self._body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addLayout(inner, 1)

    def _connect(self) -> None:
        toolbar = self.toolbar
        self._counting.timeout.connect(self._count)
        self.panes.looked.connect(self._count_soon)
        self.panes.made.connect(self._lock.watch)
        self.panes.task_clicked.connect(self.task_clicked)
        self.panes.listen(self.merged)
        self.merged.view.following_changed.connect(self._show_following)
        toolbar.arranged.connect(self._arranged)
        toolbar.follow_all.connect(self.follow_all)
        toolbar.levels_changed.connect(self._choose)
        toolbar.workers_changed.connect(self._share)
        toolbar.filter_asked.connect(self._toggle_filter)
        toolbar.wrap_asked.connect(self._wrap)
        toolbar.lock_asked.connect(self.lock)
        self.filter_bar.filter_changed.connect(self._choose)
        self.filter_bar.closed.connect(self.close_filter)

    # --- What is shown ---

    def show_workers(self, rows: Sequence[WorkerRow], changed: frozenset[str]) -> None:
        """Show the logs of these workers; those of `changed` are in another state."""
        self.panes.show_workers(rows, changed)
        self.toolbar.show_workers(rows)
        before, self._rows = self._rows, rows
        if [row.worker.name for row in before] != [row.worker.name for row in rows]:
            self._take_in(rows)
            self._share()
            self._count()

    def _take_in(self, rows: Sequence[WorkerRow]) -> None:
        """Have all of them in the log of all; those that left are in it still."""
        view = self.merged.view
        numbers = dict(zip(self._indices.values(), view.numbers, strict=True))
        for row in rows:
            name, number = row.worker.name, 0 if row.letter else row.number
            if name not in self._indices:
                self._indices[name] = self.merged.add(row.name, number, self._log(name))
            numbers[self._indices[name]] = number
        view.show_names(view.names, tuple(numbers.values()))

    def add_notes(self, name: str, notes: Sequence[Note]) -> None:
        """Say something between the lines of a worker."""
        self.panes.add_notes(name, notes)
        for note in notes:
            self.merged.add_note(f"{name.partition('@')[0]}: {note.text}", note.at)

    def grew(self, names: frozenset[str]) -> None:
        """These logs have more lines."""
        self.panes.grew(names)
        self.merged.grew()
        self._count_soon()

    def frame(self) -> LogFrame:
        """The log that keys are for."""
        pane = self.panes.current() if self._body.currentWidget() is self.panes else None
        return self.merged if pane is None else pane

    @property
    def wants_width(self) -> bool:
        """Whether they want all of the page's width, should it be scarce."""
        return self._layout is Layout.MERGED

    def _count_soon(self) -> None:
        if not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        counts = [self._log(row.worker.name).counts for row in self._rows]
        self.toolbar.show_counts({level: sum(each[level] for each in counts) for level in Level})
        merged = self._layout is Layout.MERGED
        documents = [each.document for each in ([self.merged] if merged else self.panes)]
        shows_all = all(each.shared.shows_all for each in documents)
        shown = None if shows_all else sum(each.count for each in documents)
        self.filter_bar.show_shown(shown)

    # --- What is chosen ---

    def state(self) -> LogState:
        """What a person chose, to be kept."""
        chosen = self._filter
        levels = tuple(level.name for level in sorted(chosen.levels))
        hidden = tuple(sorted(self.toolbar.workers.hidden))
        texts = chosen.text, chosen.exclude, chosen.regex
        return LogState(self._layout, *texts, levels, hidden, self._lock.on)

    def restore(self, state: LogState) -> None:
        """Choose what was chosen before; what is not known any more is left out."""
        if state.layout in list(Layout):
            self.arrange(Layout(state.layout))
        levels = frozenset(level for level in Level if level.name in state.levels)
        chosen = Filter(state.text, state.exclude, state.regex, levels)
        self.filter_bar.show_filter(chosen)
        self.toolbar.levels.show_levels(levels)
        self.toolbar.workers.hide_workers(frozenset(state.hidden))
        if state.text or state.exclude:
            self.open_filter()
        self._choose()
        self._share()
        self.lock(state.locked)

    def arrange(self, layout: Layout) -> None:
        """Lay the logs out another way."""
        self._layout = layout
        merged = layout is Layout.MERGED
        self.toolbar.show_layout(layout)
        if not merged:
            self.panes.grid.arrange(layout)
        self._body.setCurrentWidget(self.merged if merged else self.panes)
        self._show_following()
        self.wide_changed.emit()

    def next_layout(self) -> None:
        """Lay them out the next way, round the end."""
        layouts = list(Layout)
        self.arrange(layouts[(layouts.index(self._layout) + 1) % len(layouts)])

    def toggle_merged(self) -> None:
        """Show one log of all workers, or the panes as they were."""
        merged = self._layout is Layout.MERGED
        self.arrange(self.panes.grid.layout_kind if merged else Layout.MERGED)
        self.frame().view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def lock(self, on: bool) -> None:
        """Keep all panes at the moment of the current one, or let each be where it is."""
        self.toolbar.show_locked(on)
        self._lock.turn(on, self.panes.current() or self.merged)

    def toggle_lock(self) -> None:
        """The same, whichever it is not."""
        self.lock(not self._lock.on)

    def maximise(self) -> None:
        """Give the current pane all the place, or back to the others."""
        self.panes.maximise_current()

    def focus(self, name: str) -> None:
        """Give the keyboard to the pane of a worker."""
        if self._layout is Layout.MERGED:
            self.arrange(self.panes.grid.layout_kind)
        self.panes.focus(name)

    def follow_all(self) -> None:
        """Go to the end of every log and stay there."""
        for frame in (*self.panes, self.merged):
            frame.view.follow(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads from a maximised pane back to all of them."""
        if event.key() == Qt.Key.Key_Escape and self.panes.grid.maximised is not None:
            self.panes.grid.maximise(self.panes.grid.maximised)
        else:
            event.ignore()

    def _arranged(self, layout: str) -> None:
        self.arrange(Layout(layout))

    def _show_following(self) -> None:
        merged = self._layout is Layout.MERGED
        self.toolbar.show_following(self.merged.view.following if merged else None)

    def _wrap(self, on: bool) -> None:
        self.merged.view.choose(wrap=on)

    # --- Filtering all of them ---

    def open_filter(self) -> None:
        """Open the bar for filtering all panes."""
        self.toolbar.show_filter(True)
        self.filter_bar.show()
        self.filter_bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_filter(self) -> None:
        """Close the bar; the levels stay as they are chosen."""
        self.toolbar.show_filter(False)
        self.filter_bar.hide()
        self.filter_bar.show_filter(Filter())
        self._choose()
        self.frame().view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_filter(self, shown: bool) -> None:
        (self.open_filter if shown else self.close_filter)()

    def _choose(self) -> None:
        chosen = replace(self.filter_bar.filter, levels=self.toolbar.levels.levels)
        if not chosen.error and chosen != self._filter:
            self._filter = chosen
            self._share()

    def _share(self) -> None:
        """Let all logs show what is chosen; in the log of all, workers can be hidden too."""
        hidden = self.toolbar.workers.hidden
        without = frozenset(self._indices[name] for name in hidden if name in self._indices)
        for pane in self.panes:
            _share(pane, self._filter)
        _share(self.merged, replace(self._filter, without=without))
        self._count()


def _share(frame: LogFrame, chosen: Filter) -> None:
    if frame.document.shared != chosen:
        frame.view.show_only(chosen, shared=True)
