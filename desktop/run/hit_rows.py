"""The hits of a search as a model; a line is read when its row is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.logs.level import Level
from core.logs.query import message_start
from core.logs.search import Hit
from core.logs.store import LogStore
from desktop.logpane.source import store_lines
from desktop.run.worker_rows import WorkerRow

Index = QModelIndex | QPersistentModelIndex
HIT_ROLE: Final = Qt.ItemDataRole.UserRole
"""The `Hit`."""
ROW_ROLE: Final = HIT_ROLE + 1
"""The `HitRow`, for the delegate."""
_KEPT: Final = 500
GONE: Final = "no longer kept"


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit, as people see it; `spans` are columns of `text`. A command has the number 0."""

    name: str
    number: int
    letter: str
    at: datetime | None
    level: Level
    text: str
    spans: tuple[tuple[int, int], ...]


class HitRows(QAbstractListModel):
    """`worker` gives the row of a worker, None for one that left; `log` its store."""

    def __init__(
        self,
        worker: Callable[[str], WorkerRow | None],
        log: Callable[[str], LogStore],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._log = log
        self._hits: Sequence[Hit] = ()
        self._made: dict[int, HitRow] = {}

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these instead of the ones before."""
        self.beginResetModel()
        self._hits = hits
        self._made.clear()
        self.endResetModel()

    def place(self, hit: Hit | None) -> int | None:
        """Where a hit is, should it still be one."""
        if hit is None:
            return None
        found = (n for n, each in enumerate(self._hits) if each.number == hit.number)
        return next((n for n in found if self._hits[n].worker == hit.worker), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a screen reader says, or what a delegate paints."""
        if not index.isValid():
            return None
        if role == HIT_ROLE:
            return self._hits[index.row()]
        if role == ROW_ROLE:
            return self._row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._row(index.row())
            return f"{row.name}, {row.at:%H:%M:%S}: {row.text}" if row.at else row.name
        return None

    def _row(self, place: int) -> HitRow:
        if (known := self._made.get(place)) is not None:
            return known
        if len(self._made) >= _KEPT:
            self._made.clear()
        made = self._made[place] = self._make(self._hits[place])
        return made

    def _make(self, hit: Hit) -> HitRow:
        worker, store = self._worker(hit.worker), self._log(hit.worker)
        name = hit.worker.partition("@")[0]
        number = 0 if worker is None or worker.letter else worker.number
        letter = name[:1].upper() if number == 0 else ""
        lines = store_lines(store, hit.number, hit.number + 1)
        if not lines:
            return HitRow(name, number, letter, hit.at, Level.OTHER, GONE, ())
        (line,) = lines
        start = message_start(store.text(hit.number))
        spans = tuple((max(0, left - start), right - start) for left, right in hit.spans)
        inside = tuple((left, right) for left, right in spans if right > left)
        return HitRow(name, number, letter, hit.at, line.level, line.message, inside)
