"""Brings the logs of the services to the Run page: their last lines, then each as it is printed."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from typing import Final

from PySide6.QtCore import QObject, Signal

from core.errors import FleetError
from core.logs.redact import Redactor
from core.render.api.client import RenderApi
from core.render.api.log_line import LogLine, LogQuery
from core.render.api.recent import latest, queries
from core.render.api.refusal import NetworkLost
from core.render.api.retelling import Retelling
from core.render.api.tail import Told, tail
from core.render.there import OnRender
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.run.far_logs import LIVE, LOST, FarLogs

LAST: Final = 200
"""Lines of before that are shown first, of all services of a region together."""


class LogFeed(QObject):
    """`changed` comes when it is switched; `logs` gives where the lines go, None for nowhere."""

    changed = Signal()

    def __init__(
        self, desk: Desk, logs: Callable[[], FarLogs | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._logs = logs
        self._errands = Errands(desk)
        self.on = False
        desk.closed.connect(self.stop)

    def start(self, there: OnRender) -> None:
        """Show what all services of the project print."""
        logs, services = self._logs(), there.there()
        if logs is None or not services:
            return
        self.stop()
        names = {each.id: logs.show(each.name, each.dashboard) for each in services}
        self.on = True
        redact = Redactor.of(self._desk.environ)
        for query in queries(services):
            reader = _Reader(there.api, query, logs, names, redact)
            self._errands.do(self._read(reader))
        self.changed.emit()

    async def _read(self, reader: "_Reader") -> None:
        try:
            await reader.read()
        except FleetError as error:
            reader.lose(f"{error.why}. {error.fix}")
            raise

    def stop(self) -> None:
        """Show them no more."""
        self._errands.cancel()
        if (logs := self._logs()) is not None:
            logs.hide()
        if self.on:
            self.on = False
            self.changed.emit()


class _Reader:
    """The services of one region."""

    def __init__(
        self,
        api: RenderApi,
        query: LogQuery,
        logs: FarLogs,
        names: dict[str, str],
        redact: Redactor,
    ) -> None:
        self._api = api
        self._query = query
        self._logs = logs
        self._names = {id: names[id] for id in query.resources}
        self._redact = redact
        self._retelling = Retelling()
        self._told = Told()
        self._lost = False

    async def read(self) -> None:
        """Until it is broken off. Raises FleetError for what trying again cannot mend."""
        self._take(each for each in await self._latest() if self._told.is_new(each))
        lines = tail(self._api, self._query, self._told, self.lose, on_live=self._live)
        async with aclosing(lines):
            async for line in lines:
                self._take((line,))

    async def _latest(self) -> Sequence[LogLine]:
        try:
            return await latest(self._api, self._query, LAST)
        except NetworkLost as error:
            self.lose(error.why)
            return ()  # what comes from now on is tried for again and again

    def lose(self, why: str) -> None:
        """Say of all of them that lines do not come."""
        for name in self._names.values():
            self._logs.tell(name, LOST)
            self._logs.note(name, why)
        self._lost = True

    def _live(self) -> None:
        for name in self._names.values():
            self._logs.tell(name, LIVE)
            if self._lost:
                self._logs.note(name, "connected again; what was printed meanwhile follows")
        self._lost = False

    def _take(self, lines: Iterable[LogLine]) -> None:
        blocks: dict[str, list[bytes]] = {}
        for line in lines:
            if (name := self._names.get(line.resource)) is not None:
                blocks.setdefault(name, []).append(self._retelling.tell(line))
        for name, told in blocks.items():
            self._logs.take(name, self._redact(b"".join(told)))
