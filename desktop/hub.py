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
    LogGrew,
    Said,
    TasksUnsent,
    WorkerChanged,
    WorkerRemoved,
)
from core.tasks.task import TaskChanged

PAUSE_MS: Final = 40


class Hub(QObject):
    """`take` is a session's `publish`; the signals come `PAUSE_MS` after the first of a burst.

    `workers_changed` has a frozenset of names, those removed included; `logs_grew` a frozenset of
    names; `tasks_changed` the last `TaskChanged` of each task by id; `tasks_unsent` a frozenset of
    ids. `said` and `broker_known` have each change, in order.
    """

    workers_changed = Signal(object)
    logs_grew = Signal(object)
    tasks_changed = Signal(object)
    tasks_unsent = Signal(object)
    said = Signal(object)
    broker_known = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        self._forget()

    def take(self, change: Change) -> None:
        """Note a change; cheap, since a session calls it for every line and task."""
        match change:
            case LogGrew():
                self._logs.add(change.worker)
            case TaskChanged():
                self._tasks[change.id] = change
            case WorkerChanged():
                self._workers.add(change.worker.name)
            case WorkerRemoved():
                self._workers.add(change.name)
            case TasksUnsent():
                self._unsent.update(change.ids)
            case Said():
                self._said.append(change)
            case BrokerKnown():
                self._brokers.append(change)
            case _:
                assert_never(change)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Tell now what came so far."""
        self._timer.stop()
        workers, logs, tasks = frozenset(self._workers), frozenset(self._logs), self._tasks
        unsent, said, brokers = frozenset(self._unsent), self._said, self._brokers
        self._forget()
        for broker in brokers:
            self.broker_known.emit(broker)
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

    def _forget(self) -> None:
        self._workers: set[str] = set()
        self._logs: set[str] = set()
        self._tasks: dict[str, TaskChanged] = {}
        self._unsent: set[str] = set()
        self._said: list[Said] = []
        self._brokers: list[BrokerKnown] = []
