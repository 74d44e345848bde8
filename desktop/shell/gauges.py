"""What the bars tell of broker and machine: how much waits in the queues, what is used."""

from collections.abc import Callable
from typing import Final

import psutil
from PySide6.QtCore import QObject, QTimer

from core.changes import UsageSampled
from core.errors import FleetError
from core.session import Session
from desktop.desk import Desk
from desktop.shell.status_bar import StatusBar
from desktop.shell.top_bar import TopBar

LOOK_MS: Final = 5000
"""Often enough for a person; a hosted Redis may be paid by the command."""


class Gauges(QObject):
    """Asks the broker while workers run and the window is `seen`."""

    def __init__(
        self,
        desk: Desk,
        top: TopBar,
        status: StatusBar,
        seen: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._top = top
        self._status = status
        self._seen = seen
        self._own = psutil.Process()
        self._own.cpu_percent()
        self._asking = False
        desk.hub.usage_sampled.connect(self._sampled)
        desk.hub.workers_changed.connect(self._workers_changed)
        desk.closed.connect(self._forget)
        self.clock = QTimer(self, interval=LOOK_MS)
        self.clock.timeout.connect(self._look)
        self.clock.start()

    def _sampled(self, sampled: UsageSampled) -> None:
        with self._own.oneshot():
            own = self._own.cpu_percent(), self._own.memory_info().rss
        workers = sampled.usages
        used = sum(each.cpu_percent for each in workers), sum(each.memory for each in workers)
        self._status.show_load(used, own)

    def _workers_changed(self, names: object) -> None:
        """Nobody looks any more at what is used once all are gone."""
        session = self._desk.session
        if session is not None and session.all_gone():
            self._status.show_load(None)

    def _look(self) -> None:
        session = self._desk.session
        if session is None or session.all_gone() or self._asking or not self._seen():
            return
        self._asking = True
        self._desk.do(self._ask(session))

    async def _ask(self, session: Session) -> None:
        names = sorted({name for group in session.groups for name in group.settings.queues})
        try:
            lengths = await session.calls.queues(names)
        except FleetError:  # the workers tell more of it
            if self._minds(session):
                self._top.show_answers(False)
        else:
            if self._minds(session):
                self._top.show_answers(True)
                self._top.show_queued(sum(lengths.waiting.values()))
        finally:
            self._asking = False

    def _minds(self, session: Session) -> bool:
        """Whether it is still open, and there is a broker that may answer."""
        return self._desk.session is session and session.failure is None

    def _forget(self) -> None:
        self._top.show_queued(0)
        self._status.show_load(None)
