"""Turns the changes of a session into few signals.

A session tells every single thing; the window is redrawn 25 times a second at most. What came in
between is told as sets: who changed, whose log grew, which tasks moved. Whoever hears a signal
reads the session itself for how things stand.
"""

from typing import Final, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from core.changes import (
    BrokerKnown,
    Change,
    Diagnosed,
    ForeignChanged,
    LogGrew,
    RowChanged,
    Said,
    TasksUnsent,
    UsageSampled,
    WorkerChanged,
    WorkerRemoved,
)
from core.tasks.task import TaskChanged
from core.workers.phase import Worker

PAUSE_MS: Final = 40


class Hub(QObject):
    """`take` is a session's `publish`; the signals come `PAUSE_MS` after the first of a burst.

    `turned` has the workers and rows that came into another phase or process, each time they did;
    `workers_changed` a frozenset of names, of rows too, and of those removed; `logs_grew` a
    frozenset of names; `tasks_changed` the last `TaskChanged` of each task by id; `tasks_unsent`
    a frozenset of ids. `usage_sampled` has the last look; `said`, `diagnosed`, `foreign_changed`
    and `broker_known` have each change, in order.
    """

    turned = Signal(object)
    workers_changed = Signal(object)
    logs_grew = Signal(object)
    tasks_changed = Signal(object)
    tasks_unsent = Signal(object)
    said = Signal(object)
    diagnosed = Signal(object)
    foreign_changed = Signal(object)
    usage_sampled = Signal(object)
    broker_known = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        self._latest: dict[str, Worker] = {}
        self._forget()

    def take(self, change: Change) -> None:
        """Note a change; cheap, since a session calls it for every line and task."""
        match change:
            case LogGrew():
                self._logs.add(change.worker)
            case TaskChanged():
                self._tasks[change.id] = change
            case WorkerChanged():
                self._turn(change.worker)
            case RowChanged():
                self._turn(change.row)
            case WorkerRemoved():
                self._workers.add(change.name)
            case TasksUnsent():
                self._unsent.update(change.ids)
            case Said():
                self._said.append(change)
            case ForeignChanged():
                self._foreign.append(change)
            case UsageSampled():
                self._usages = change
            case Diagnosed():
                self._diagnosed.append(change)
            case BrokerKnown():
                self._brokers.append(change)
            case _:
                assert_never(change)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Tell now what came so far."""
        self._timer.stop()
        turns = tuple(self._turns)
        workers, logs, tasks = frozenset(self._workers), frozenset(self._logs), self._tasks
        unsent, said, brokers = frozenset(self._unsent), self._said, self._brokers
        diagnosed, foreign, usages = self._diagnosed, self._foreign, self._usages
        self._forget()
        for broker in brokers:
            self.broker_known.emit(broker)
        if turns:
            self.turned.emit(turns)
        if workers:
            self.workers_changed.emit(workers)
        if tasks:
            self.tasks_changed.emit(tasks)
        if unsent:
            self.tasks_unsent.emit(unsent)
        if logs:
            self.logs_grew.emit(logs)
        for each in said:
            self.said.emit(each)
        for each in foreign:
            self.foreign_changed.emit(each)
        if usages is not None:
            self.usage_sampled.emit(usages)
        for each in diagnosed:
            self.diagnosed.emit(each)

    def _turn(self, worker: Worker) -> None:
        self._workers.add(worker.name)
        before = self._latest.get(worker.name)
        if before is None or (before.phase, before.run) != (worker.phase, worker.run):
            self._turns.append(worker)
        self._latest[worker.name] = worker

    def _forget(self) -> None:
        self._turns: list[Worker] = []
        self._workers: set[str] = set()
        self._logs: set[str] = set()
        self._tasks: dict[str, TaskChanged] = {}
        self._unsent: set[str] = set()
        self._said: list[Said] = []
        self._brokers: list[BrokerKnown] = []
        self._diagnosed: list[Diagnosed] = []
        self._foreign: list[ForeignChanged] = []
        self._usages: UsageSampled | None = None
