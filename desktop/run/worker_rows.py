"""The worker table as a model: one row per worker of the session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.tasks.counts import WorkerCounts
from core.workers.phase import Phase, Worker, describe
from core.workers.usage import Point, Usage
from desktop.theme.looks import WORKER, Look

Load = tuple[Usage | None, tuple[Point, ...]]
"""What a worker uses, and the looks of the last minutes, the oldest first."""
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    WORKER = 0
    STATE = 1
    DONE = 2
    FAILED = 3
    LOAD = 4


HEADS: Final = {
    Column.WORKER: "WORKER",
    Column.STATE: "STATE",
    Column.DONE: "DONE",
    Column.FAILED: "FAILED",
    Column.LOAD: "CPU, RAM",
}
ROW_ROLE: Final = Qt.ItemDataRole.UserRole
"""The whole `WorkerRow`, for the delegate."""
_TIMED: Final = frozenset(
    [Phase.STARTING, Phase.BUSY, Phase.STOPPING, Phase.BACKOFF, Phase.SUSPECT, Phase.BROKER_LOST]
)


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One worker, in words. `number` is its place in the fleet, from 1.

    `usage` and `points` are what it uses, and used during the last minutes; None and empty for
    what has no process, or was not looked at yet.
    """

    number: int
    worker: Worker
    counts: WorkerCounts
    detail: str
    usage: Usage | None = None
    points: tuple[Point, ...] = ()

    @property
    def name(self) -> str:
        """The name without the host, which all have in common."""
        return self.worker.name.partition("@")[0]

    @property
    def look(self) -> Look:
        """How its state looks."""
        return WORKER[self.worker.phase]

    @property
    def alarming(self) -> bool:
        """Whether its second line is about something that went wrong."""
        return self.worker.phase in (Phase.CRASHED, Phase.FATAL, Phase.BACKOFF)

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        return (
            f"{self.name}: {self.look.label}, {self.detail};"
            f" {self.counts.succeeded} done, {self.counts.failed} failed"
        )


class WorkerRows(QAbstractTableModel):
    """All of them are asked whenever something changed; `now` gives monotonic seconds."""

    def __init__(
        self,
        workers: Callable[[], Sequence[Worker]],
        counts: Callable[[str], WorkerCounts],
        load: Callable[[str], Load],
        now: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workers = workers
        self._counts = counts
        self._load = load
        self._now = now
        self._rows: list[WorkerRow] = []
        self.refresh()

    def refresh(self) -> None:
        """Read all workers anew: those that joined, those that left, those that changed."""
        new = [self._row(number, worker) for number, worker in enumerate(self._workers(), 1)]
        names = [row.worker.name for row in new]
        if names != [row.worker.name for row in self._rows]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
        else:
            self._replace(new)

    def tick(self) -> None:
        """A second has passed: ages are other ones."""
        self._replace(
            [
                self._row(row.number, row.worker) if row.worker.phase in _TIMED else row
                for row in self._rows
            ]
        )

    def row(self, name: str) -> int | None:
        """Where a worker is."""
        return next((i for i, row in enumerate(self._rows) if row.worker.name == name), None)

    def at(self, row: int) -> WorkerRow:
        """One of them."""
        return self._rows[row]

    def _row(self, number: int, worker: Worker) -> WorkerRow:
        usage, points = self._load(worker.name) if worker.alive else (None, ())
        detail = describe(worker, self._now())
        return WorkerRow(number, worker, self._counts(worker.name), detail, usage, points)

    def _replace(self, rows: list[WorkerRow]) -> None:
        changed = [
            i for i, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new
        ]
        self._rows = rows
        if changed:
            first, last = self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1)
            self.dataChanged.emit(first, last)

    # --- What Qt asks ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many workers."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= Column.DONE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, or the whole row in `ROW_ROLE`."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.worker.name}\n{row.detail}"
        return None


def _text(row: WorkerRow, column: Column) -> str:
    match column:
        case Column.WORKER:
            return row.name
        case Column.STATE:
            return row.look.label
        case Column.DONE:
            return grouped(row.counts.succeeded)
        case Column.FAILED:
            return grouped(row.counts.failed)
        case Column.LOAD:
            return "" if row.usage is None else f"{percent(row.usage)}, {megabytes(row.usage)}"


def grouped(number: int) -> str:
    """A number with thin spaces between thousands, which no language reads as a decimal sign."""
    return f"{number:,}".replace(",", "\N{THIN SPACE}")


def percent(usage: Usage) -> str:
    """Processor time, of one core."""
    return f"{usage.cpu_percent:.0f} %"


def megabytes(usage: Usage) -> str:
    """Memory of all its processes."""
    return f"{usage.memory / 1e6:.0f} MB"
