"""The right half of the Run page: the logs of all workers, and the bar over them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from core.logs.level import Level
from core.logs.search import Hit
from core.logs.store import LogStore
from desktop.logpane.filter import Filter
from desktop.logpane.frame import LogFrame
from desktop.logpane.notes import Note
from desktop.logpane.selection import selected_line
from desktop.run.all_workers import AllWorkers
from desktop.run.find_all import HEIGHT, FindAll
from desktop.run.grid import Layout
from desktop.run.hit_guide import HitGuide
from desktop.run.log_body import LogBody
from desktop.run.log_state import LogState
from desktop.run.panes import Panes
from desktop.run.shared_filter import SharedFilter
from desktop.run.task_follower import Books, TaskFollower
from desktop.run.time_lock import TimeLock
from desktop.run.toolbar import Toolbar
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme

COUNT_MS: Final = 250
"""How often the counts are told anew while lines come."""


BOOKS: Final = Books()


class Logs(QWidget):
    """`log` gives a worker's store, `address` where a command is to be seen in a browser."""

    wide_changed = Signal()  # `wants_width` is another

    def __init__(
        self,
        theme: Theme,
        log: Callable[[str], LogStore],
        address: Callable[[str], str | None] = lambda name: None,
        books: Books = BOOKS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._log = log
        self._rows: Mapping[str, WorkerRow] = {}
        self._layout = Layout.GRID
        self.toolbar = Toolbar(theme)
        self.panes = Panes(theme, log, address)
        self.merged = AllWorkers(theme, log)
        self.filter = SharedFilter(theme, self.toolbar, lambda: self.panes, self.merged, self)
        self.find_all = FindAll(theme, self._searched, lambda name: self._rows.get(name))
        self.find_all.hide()
        self._guide = HitGuide(self._bring, lambda: (*self.panes, self.merged))
        self.follower = TaskFollower(theme, books, self.merged, self._number, self)
        self._lock = TimeLock(lambda: self.panes, self)
        self._body = LogBody(self.panes, self.merged, self.follower)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._lay_out()
        self._connect()
        self.arrange(Layout.GRID)

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(self._body)
        halves.addWidget(self.find_all)
        halves.setStretchFactor(0, 1)
        halves.setSizes([3 * HEIGHT, HEIGHT])
        inner = QVBoxLayout()
        inner.setSpacing(8)
        inner.addWidget(self.filter.bar)
        inner.addWidget(halves, 1)
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
        self.panes.task_clicked.connect(self.follow_task)
        self.follower.changed.connect(self._show_body)
        self.panes.listen(self.merged)
        self.merged.view.following_changed.connect(self._show_following)
        self.filter.changed.connect(self._count)
        self.filter.closed.connect(self.take_focus)
        self.find_all.chosen.connect(self._go_to_hit)
        self.find_all.closed.connect(self._close_find)
        toolbar.arranged.connect(self._arranged)
        toolbar.follow_all.connect(self.follow_all)
        toolbar.find_asked.connect(self.open_find)
        toolbar.wrap_asked.connect(self._wrap)
        toolbar.lock_asked.connect(self.lock)

    # --- What is shown ---

    def show_workers(self, rows: Sequence[WorkerRow], changed: frozenset[str]) -> None:
        """Show the logs of these workers; those of `changed` are in another state."""
        self.panes.show_workers(rows, changed)
        self.toolbar.show_workers(rows)
        before, self._rows = self._rows, {row.worker.name: row for row in rows}
        if list(before) != list(self._rows):
            self.merged.show_workers(rows)
            self.filter.apply()
            self.follower.joined()

    def add_notes(self, name: str, notes: Sequence[Note]) -> None:
        """Say something between the lines of a worker."""
        self.panes.add_notes(name, notes)
        self.merged.add_notes(name, notes)

    def add_note(self, name: str, note: Note) -> None:
        """Say one thing there."""
        self.add_notes(name, (note,))

    def grew(self, names: frozenset[str]) -> None:
        """These logs have more lines."""
        self.panes.grew(names)
        self.merged.grew()
        self.follower.grew()
        self._count_soon()

    def frame(self) -> LogFrame:
        """The log that keys are for."""
        return self._body.frame()

    def take_focus(self) -> None:
        """Give the keyboard to that log."""
        self.frame().view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def wants_width(self) -> bool:
        """Whether they want all of the page's width, should it be scarce."""
        return self._layout is Layout.MERGED or self.follower.task is not None

    def _count_soon(self) -> None:
        if not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        counts = [self._log(name).counts for name in self._rows]
        self.toolbar.show_counts({level: sum(each[level] for each in counts) for level in Level})
        merged = self._layout is Layout.MERGED
        documents = [each.document for each in ([self.merged] if merged else self.panes)]
        shows_all = all(each.shared.shows_all for each in documents)
        shown = None if shows_all else sum(each.count for each in documents)
        self.filter.bar.show_shown(shown)

    # --- What is chosen ---

    def state(self) -> LogState:
        """What a person chose, to be kept."""
        chosen = self.filter.chosen
        levels = tuple(level.name for level in sorted(chosen.levels))
        hidden = tuple(sorted(self.toolbar.workers.hidden))
        texts = chosen.text, chosen.exclude, chosen.regex
        maximised = self.panes.grid.maximised or ""
        return LogState(self._layout, *texts, levels, hidden, self._lock.on, maximised)

    def restore(self, state: LogState) -> None:
        """Choose what was chosen before; what is not known any more is left out."""
        if state.layout in list(Layout):
            self.arrange(Layout(state.layout))
            self.panes.grid.maximise(state.maximised)
        levels = frozenset(level for level in Level if level.name in state.levels)
        chosen = Filter(state.text, state.exclude, state.regex, levels)
        self.filter.choose(chosen, frozenset(state.hidden))
        self.lock(state.locked)

    def arrange(self, layout: Layout) -> None:
        """Lay the logs out another way."""
        self._layout = layout
        if layout is not Layout.MERGED:
            self.panes.grid.arrange(layout)
        self.follower.leave()
        self._show_body()

    def _show_body(self) -> None:
        self._body.show_layout(self._layout)
        self.toolbar.show_layout(Layout.MERGED if self._body.shows_merged else self._layout)
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
        self.take_focus()

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
        if not self._body.shows_panes:
            self.arrange(self.panes.grid.layout_kind)
        self.panes.focus(name)

    def show_line(self, name: str, line: int | None) -> None:
        """Give the keyboard to the pane of a worker, and mark a line there."""
        self.focus(name)
        self.panes.show_line(name, line)

    def follow_task(self, task_id: str) -> None:
        """Show the lines of a task over all workers, and its life; Esc leads back."""
        self.follower.follow(task_id)
        self.take_focus()

    def follow_all(self) -> None:
        """Go to the end of every log and stay there."""
        for frame in (*self.panes, self.merged):
            frame.view.follow(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back: from a task that is followed, from a maximised pane."""
        if event.key() != Qt.Key.Key_Escape or not self.go_back():
            event.ignore()

    def go_back(self) -> bool:
        """Leave the task that is followed, or the maximised pane; whether there was any."""
        maximised = self.panes.grid.maximised
        if self.follower.task is not None:
            self.follower.leave()
            self.take_focus()
        elif maximised is not None:
            self.panes.grid.maximise(maximised)
        else:
            return False
        return True

    def _arranged(self, layout: str) -> None:
        self.arrange(Layout(layout))

    def _show_following(self) -> None:
        merged = self._body.shows_merged
        self.toolbar.show_following(self.merged.view.following if merged else None)

    def _wrap(self, on: bool) -> None:
        self.merged.view.choose(wrap=on)

    # --- Finding in all of them ---

    def open_find(self) -> None:
        """Find text in the logs of all workers; what is selected in a row is looked for."""
        self.find_all.open(selected_line(self.frame().document, self.frame().view.selection))

    def _go_to_hit(self, hit: Hit) -> None:
        self.find_all.say(self._guide.go_to(hit, self.find_all.finding.query))

    def _bring(self, name: str, number: int) -> tuple[LogFrame, int | None]:
        """Bring the log with this line in sight; it, and where the line stands in it."""
        if self._body.shows_merged:
            return self.merged, self.merged.place(name, number)
        if self.follower.task is not None:
            self.follower.leave()
            return self._bring(name, number)
        self.panes.grid.bring(name)
        return self.panes.pane(name), number

    def _close_find(self) -> None:
        self.find_all.hide()
        self._guide.leave()
        self.take_focus()

    def _number(self, name: str) -> int:
        row = self._rows.get(name)
        return 0 if row is None or row.letter else row.number

    def _searched(self) -> Mapping[str, LogStore]:
        return {name: self._log(name) for name in self._rows}
