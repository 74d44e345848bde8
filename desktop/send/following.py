"""Follows what was sent: rows, usual run times, and the traceback of what failed."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import FleetError
from core.session import Session
from core.tasks.task import Task, TaskChanged
from core.workers.phase import Worker, unread
from desktop.desk import Desk
from desktop.send.error_text import error_detail, error_title
from desktop.send.result_detail import ResultDetail
from desktop.send.result_row import BAD
from desktop.send.result_rows import ResultRows
from desktop.send.results_column import ResultsColumn
from desktop.send.timing import Typical
from desktop.send.traceback_text import Part, Words, read_traceback
from desktop.theme.theme import Theme

TIMES_MS: Final = 1000
"""How often the usual run times are told anew."""
NOBODY: Final = "No worker runs: what was sent waits in its queue until one is started"
UNREAD: Final = "Waits in the queue {}, which no worker here reads"
NOT_KEPT: Final = "No traceback: the results of this task are not kept"


class Following(QObject):
    """`times_changed` comes when usual run times may be others, `stalled` tells why nobody runs
    what was sent, empty where somebody will; `rerun` and `follow` have the id of a task, `source`
    a Source.
    """

    times_changed = Signal()
    stalled = Signal(str)
    rerun = Signal(str)
    follow = Signal(str)
    source = Signal(object)

    def __init__(
        self,
        desk: Desk,
        max_retries: Callable[[str], int | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._max_retries = max_retries
        self._session: Session | None = None
        """The last one that was open; its books can be read for ever."""
        self._queue: str | None = None
        self._typical = Typical()
        self._detail: ResultDetail | None = None
        self.rows = ResultRows(self._task, self._number, time.monotonic, self)
        self._times = QTimer(self)
        self._times.setSingleShot(True)
        self._times.setInterval(TIMES_MS)
        self._times.timeout.connect(self.times_changed)
        desk.hub.tasks_changed.connect(self._tasks_changed)
        desk.hub.tasks_unsent.connect(self.rows.forget)
        desk.hub.workers_changed.connect(self._tell_stall)

    def show_in(self, theme: Theme, column: ResultsColumn) -> None:
        """Open and close tasks where this column is clicked."""
        column.turned.connect(self.rows.turn)
        self.stalled.connect(column.show_stall)
        self.rows.opened.connect(partial(self._task_opened, theme, column))

    def open(self, session: Session) -> None:
        """Begin anew, with this session."""
        self._session = session
        self._typical = Typical()
        self.begin(None)

    def begin(self, queue: str | None) -> None:
        """Follow what is sent from now on, to this queue; None where nobody knows beforehand."""
        self._queue = queue
        self.rows.begin()
        self._tell_stall()

    def typical(self, task: str) -> float | None:
        """The usual run time of a task in this session, in seconds."""
        return self._typical.of(task)

    def _tasks_changed(self, moved: Mapping[str, TaskChanged]) -> None:
        for change in moved.values():
            if change.state == "succeeded" and change.runtime_s is not None:
                self._typical.ran(change.name, change.runtime_s)
        self.rows.take(moved.keys())
        self._open_the_only_one(moved)
        if not self._times.isActive():
            self._times.start()

    def _tell_stall(self, *_: object) -> None:
        if self._session is not None:
            self.stalled.emit(_stall(self._queue, self._session.supervisor.workers))

    def _open_the_only_one(self, moved: Mapping[str, TaskChanged]) -> None:
        """Who sends a single task that fails wants to know why."""
        ids = self.rows.ids
        if len(ids) == 1 and self.rows.open_id is None:
            change = moved.get(ids[0])
            if change is not None and change.state in BAD:
                self.rows.turn(change.id)

    # --- The task that is open ---

    def _task_opened(self, theme: Theme, column: ResultsColumn, row: int) -> None:
        task = self._task(self.rows.at(row).id)
        if task is None or self._session is None:
            return
        column.show_detail(row, partial(self._make_detail, theme, task))
        assert self._detail is not None
        self._desk.do(self._read_traceback(self._session, task, self._detail))

    def _make_detail(self, theme: Theme, task: Task, fit: Callable[[], object]) -> ResultDetail:
        about = error_detail(task, self._max_retries(task.name))
        detail = ResultDetail(theme, task.id, error_title(task.error), about, fit)
        detail.rerun.connect(self.rerun)
        detail.follow.connect(self.follow)
        detail.source.connect(self.source)
        self._detail = detail
        return detail

    async def _read_traceback(self, session: Session, task: Task, detail: ResultDetail) -> None:
        text, said = "", NOT_KEPT
        try:
            known = await session.calls.results([task.id])
            text = known.get(task.id, {}).get("traceback") or ""
        except FleetError as error:
            said = f"No traceback: {error.why}"
        if self._detail is not detail or self.rows.open_id != task.id:
            return  # it was closed meanwhile, and its widgets are gone
        root = PurePath(session.project.root)
        parts: tuple[Part, ...] = read_traceback(text, root) if text else (Words(said),)
        detail.show_traceback(text, parts, root)

    # --- What rows ask ---

    def _task(self, task_id: str) -> Task | None:
        return None if self._session is None else self._session.ledger.task(task_id)

    def _number(self, worker: str) -> int | None:
        workers = () if self._session is None else self._session.supervisor.workers
        return next((n for n, each in enumerate(workers, 1) if each.name == worker), None)


def _stall(queue: str | None, workers: Sequence[Worker]) -> str:
    if not any(worker.alive for worker in workers):
        return NOBODY
    return UNREAD.format(queue) if queue is not None and unread(queue, workers) else ""
