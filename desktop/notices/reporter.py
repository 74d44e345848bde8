"""Makes notices of what a session tells."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject

from core.changes import Diagnosed, Said
from core.errors import FleetError
from core.logs.level import Level
from core.tasks.task import FINAL, TaskChanged
from core.workers.phase import Phase, Worker, three_parts
from desktop.desk import Desk
from desktop.notices.notice import Kind, Notice
from desktop.run.facts import span

DOWN: Final = frozenset({Phase.CRASHED, Phase.FATAL, Phase.BACKOFF})


class Reporter(QObject):
    """`take` gets each notice. A task that ran `long_s` seconds or more is worth one."""

    def __init__(
        self,
        desk: Desk,
        take: Callable[[Notice], None],
        long_s: Callable[[], float],
        clock: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._long_s = long_s
        self._clock = clock
        self._phases: dict[str, Phase] = {}
        hub = desk.hub
        hub.turned.connect(self._turned)
        hub.said.connect(self._said)
        hub.diagnosed.connect(self._diagnosed)
        hub.tasks_changed.connect(self._tasks_changed)
        desk.failed.connect(self._failed)

    def _turned(self, workers: Sequence[Worker]) -> None:
        for worker in workers:
            self._phases[worker.name] = worker.phase

    def _said(self, said: Said) -> None:
        """A worker that crashes says so itself, and is down already by then."""
        crashed = said.who is not None and self._phases.get(said.who) in DOWN
        kind, level = (Kind.CRASH, Level.ERROR) if crashed else (Kind.SAID, Level.INFO)
        self._take(Notice(self._clock(), kind, level, said.text, said.who))

    def _diagnosed(self, met: Diagnosed) -> None:
        often = f" ({met.times} times)" if met.times > 1 else ""
        text = f"{met.error.cause}{often}. What helps: {met.error.fix}"
        kind, level = Kind.KNOWN_ERROR, Level.ERROR if met.error.ends else Level.WARNING
        self._take(Notice(self._clock(), kind, level, text, met.worker, met.line))

    def _tasks_changed(self, moved: Mapping[str, TaskChanged]) -> None:
        for task in moved.values():
            if task.state not in FINAL or (task.runtime_s or 0.0) < self._long_s():
                continue
            level = Level.INFO if task.state == "succeeded" else Level.ERROR
            text = f"{task.name} {task.state} after {span(task.runtime_s or 0.0)}"
            self._take(
                Notice(self._clock(), Kind.LONG_TASK, level, text, task.worker, task=task.id)
            )

    def _failed(self, error: FleetError) -> None:
        self._take(Notice(self._clock(), Kind.FAILED, Level.ERROR, three_parts(error)))
