"""The Run page: are they up, what are they doing, did anything fail."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.changes import Said
from core.errors import FleetError
from core.logs.store import LogStore
from core.session import Session
from core.tasks.task import TaskChanged
from core.workers.mode import Mode
from core.workers.phase import Worker
from desktop.desk import Desk
from desktop.run.drawer import Drawer
from desktop.run.facts import about
from desktop.run.far_logs import FarLogs
from desktop.run.halves import Halves
from desktop.run.history import History
from desktop.run.logs import Logs
from desktop.run.others import Others
from desktop.run.separators import separators
from desktop.run.task_follower import Books
from desktop.run.troubles import Troubles
from desktop.run.watch_card import WatchCard
from desktop.run.worker_rows import Load, WorkerRow, WorkerRows
from desktop.run.worker_table import WorkerTable
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import label

TICK_MS: Final = 1000
DRAWER_MS: Final = 150
"""Tasks that take less than this change the drawer faster than anybody reads it."""


class RunPage(QWidget):
    """Shows one session."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        session: Session,
        now: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._theme = theme
        self._desk = desk
        self._session = session
        self._now = now
        self._history = History()
        self._before: dict[str, Worker] = {}
        self._watch_card: WatchCard | None = None
        counts = session.ledger.counts
        self.others = Others(desk, session, now, self)
        self.rows = WorkerRows(
            lambda: session.supervisor.workers,
            counts.worker,
            self._load,
            now,
            self,
            beside=lambda: session.company.rows,
            others=self.others.lines,
        )
        self.table = WorkerTable(theme, self.rows)
        self.drawer = Drawer(theme)
        books = Books(session.ledger.task, now, session.mode is not Mode.PREFORK)
        self.far = FarLogs(self)
        self.logs = Logs(theme, self._log, self._address, books)
        self.troubles = Troubles(theme, desk, session, self.logs.panes, now, self)
        self._lay_out()
        self._connect()
        self._workers_changed(frozenset(each.name for each in session.company.everybody()))

    # --- What is chosen ---

    def choose(self, name: str) -> None:
        """Make a worker the current one: its row, its details, its pane."""
        self.table.choose(name)

    def focus_pane(self, number: int) -> None:
        """Give the keyboard to the pane of the worker with this number, from 1."""
        if 1 <= number <= len(self.rows.ours):
            self.logs.focus(self.rows.ours[number - 1].worker.name)

    def show_line(self, name: str, line: int | None) -> None:
        """Make a worker the current one and go to a line of its log, or to its log as it is."""
        if self.rows.row(name) is not None:
            self.choose(name)
            self.logs.show_line(name, line)

    def toggle_drawer(self) -> None:
        """Show the details of the current worker, or no more."""
        self.sides.show_details(not self.sides.shows_details)
        self._show_drawer()

    def current(self) -> WorkerRow | None:
        """The current worker."""
        name = self.table.current()
        return next((row for row in self.rows.ours if row.worker.name == name), None)

    def toggle_current(self) -> None:
        """Start the current worker, or stop it."""
        row = self.current()
        if row is None:
            return
        if row.worker.alive:
            self._desk.stop(row.worker.name)
        else:
            self._desk.start(row.worker.name)

    def restart_current(self) -> None:
        """Restart the current worker after its task."""
        row = self.current()
        if row is not None:
            self._desk.restart(row.worker.name)

    def follow_task(self, task_id: str) -> None:
        """Show the lines of a task over all workers, and its life."""
        self.logs.follow_task(task_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back in the logs, wherever the keyboard is; it never stops a process."""
        if event.key() != Qt.Key.Key_Escape or not self.logs.go_back():
            event.ignore()

    # --- How it is made ---

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label("Workers", "card-title"))
        head.addStretch(1)
        restart = partial(self._desk.restart, None)
        head.addWidget(IconButton(self._theme, "restart", "Restart all workers", restart))
        self.sides = Halves(head, self.table, self.drawer, self.logs)
        self.left = self.sides.left
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 8)
        self._column.addWidget(self.sides, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        hub = self._desk.hub
        hub.turned.connect(self._turned)
        hub.workers_changed.connect(self._workers_changed)
        hub.usage_sampled.connect(self._sampled)
        hub.said.connect(self._said)
        hub.logs_grew.connect(self.logs.grew)
        hub.tasks_changed.connect(self._tasks_changed)
        self.far.changed.connect(self._workers_changed)
        self.far.grew.connect(self.logs.grew)
        self.far.noted.connect(self.logs.add_note)
        self.others.changed.connect(self.rows.refresh)
        self.others.to_be_decided.connect(self._ask_about_others)
        self.table.chosen.connect(self._chosen)
        self.table.force.connect(partial(self._desk.stop, now=True))
        self.table.maximise.connect(self.logs.panes.grid.maximise)
        panes = self.logs.panes
        panes.start_asked.connect(self._desk.start)
        panes.stop_asked.connect(self._desk.stop)
        panes.restart_asked.connect(self._desk.restart)
        panes.failed.connect(self._desk.failed)
        panes.focused.connect(self.table.choose)
        self.drawer.closed.connect(self.drawer.hide)
        self.drawer.force.connect(partial(self._desk.stop, now=True))
        self.drawer.restart.connect(self._desk.restart)
        self.drawer.task.connect(self.follow_task)
        self._drawer_due = QTimer(self, singleShot=True, interval=DRAWER_MS)
        self._drawer_due.timeout.connect(self._show_drawer)
        ticking = QTimer(self)
        ticking.setInterval(TICK_MS)
        ticking.timeout.connect(self._tick)
        ticking.start()

    # --- What happens ---

    def _workers_changed(self, names: frozenset[str]) -> None:
        self.rows.refresh()
        ours = self.rows.ours
        self.logs.show_workers((*ours, *self.far.rows(len(ours))), names)
        if self.table.current() is None and self.rows.rowCount():
            self.table.selectRow(0)
        self._drawer_soon()

    def _turned(self, workers: Sequence[Worker]) -> None:
        for worker in workers:
            self._history.take(worker)
            notes = separators(
                self._before.get(worker.name), worker, self._session.log(worker.name).end
            )
            self._before[worker.name] = worker
            self.logs.add_notes(worker.name, notes)

    def _said(self, said: Said) -> None:
        if said.who is not None:
            self._history.say(said.who, said.text)

    def _tasks_changed(self, moved: Mapping[str, TaskChanged]) -> None:
        self.rows.refresh()
        self.logs.follower.moved(moved)
        self._drawer_soon()

    def _chosen(self, name: str) -> None:
        self.logs.panes.grid.bring(name)
        self._show_drawer()

    def _ask_about_others(self, known: FleetError) -> None:
        if self._watch_card is not None:
            self._watch_card.close()
        self._watch_card = WatchCard(self._theme, known, self.others.decide)
        self._column.insertWidget(0, self._watch_card)

    def _log(self, name: str) -> LogStore:
        return self.far.log(name) or self._session.log(name)

    def _address(self, name: str) -> str | None:
        company = self._session.company
        return company.address(name) if name in company else self.far.page(name)

    def _load(self, name: str) -> Load:
        meter = self._session.meter
        return meter.usage(name), meter.history(name)

    def _sampled(self, usages: object) -> None:
        self.rows.refresh()

    def _tick(self) -> None:
        self.rows.tick()
        self.logs.follower.refresh()
        self._show_drawer()

    def _drawer_soon(self) -> None:
        if not self._drawer_due.isActive():
            self._drawer_due.start()

    def _show_drawer(self) -> None:
        row = self.current()
        if row is not None and not self.drawer.isHidden():
            self.drawer.show_about(about(self._session, row, self._history, self._now()))
