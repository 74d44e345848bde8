"""The worker table as a model: our workers, what runs beside them, and workers of others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.tasks.counts import WorkerCounts
from core.workers.phase import Phase, Worker, describe
from core.workers.usage import Point, Usage
from desktop.run.foreign_rows import ForeignRow, Heading
from desktop.theme.looks import WORKER, Look
from desktop.widgets.grouped import grouped

Load = tuple[Usage | None, tuple[Point, ...]]
"""What a worker uses, and the looks of the last minutes, the oldest first."""
Others = Sequence[Heading | ForeignRow]
BESIDE: Final = Heading("Beside the workers")
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
"""The whole `Line`, for the delegate."""
_TIMED: Final = frozenset(
    [Phase.STARTING, Phase.BUSY, Phase.STOPPING, Phase.BACKOFF, Phase.SUSPECT, Phase.BROKER_LOST]
)


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One worker, or a command beside the workers, in words. `number` is its place, from 1.

    `counts` are None for a command, which has no tasks. `usage` and `points` are what it uses, and
    used during the last minutes; None and empty for what has no process, or was not looked at yet.
    """

    number: int
    worker: Worker
    counts: WorkerCounts | None
    detail: str
    usage: Usage | None = None
    points: tuple[Point, ...] = ()

    @property
    def name(self) -> str:
        """The name without the host, which all have in common."""
        return self.worker.name.partition("@")[0]

    @property
    def letter(self) -> str:
        """What stands on the tile of a command; empty for a worker, which has a number."""
        return self.name[:1].upper() if self.counts is None else ""

    @property
    def look(self) -> Look:
        """How its state looks."""
        return WORKER[self.worker.phase]

    @property
    def elsewhere(self) -> bool:
        """Whether it is no process of ours, and cannot be started or stopped."""
        return False

    @property
    def alarming(self) -> bool:
        """Whether its second line is about something that went wrong."""
        return self.worker.phase in (Phase.CRASHED, Phase.FATAL, Phase.BACKOFF)

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        words = f"{self.name}: {self.look.label}, {self.detail}"
        if self.counts is None:
            return words
        return f"{words}; {self.counts.succeeded} done, {self.counts.failed} failed"


Line = WorkerRow | ForeignRow | Heading


class WorkerRows(QAbstractTableModel):
    """Everybody is asked whenever something changed; `now` gives monotonic seconds.

    The `workers` come first, then under headings the commands `beside` them and the `others`.
    """

    def __init__(
        self,
        workers: Callable[[], Sequence[Worker]],
        counts: Callable[[str], WorkerCounts],
        load: Callable[[str], Load],
        now: Callable[[], float],
        parent: QObject | None = None,
        *,
        beside: Callable[[], Sequence[Worker]] = tuple,
        others: Callable[[], Others] = tuple,
    ) -> None:
        super().__init__(parent)
        self._workers = workers
        self._beside = beside
        self._others = others
        self._counts = counts
        self._load = load
        self._now = now
        self._rows: list[Line] = []
        self.refresh()

    def refresh(self) -> None:
        """Read all anew: those that joined, those that left, those that changed."""
        new = self._read()
        if [_key(row) for row in new] != [_key(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
        else:
            self._replace(new)

    def tick(self) -> None:
        """A second has passed: ages are other ones."""
        if any(isinstance(row, ForeignRow) for row in self._rows):
            self.refresh()
        else:
            self._replace([self._older(row) for row in self._rows])

    @property
    def ours(self) -> tuple[WorkerRow, ...]:
        """The workers, and what runs beside them: those that have a log."""
        return tuple(row for row in self._rows if isinstance(row, WorkerRow))

    def row(self, name: str) -> int | None:
        """Where one of ours stands."""
        places = (i for i, row in enumerate(self._rows) if isinstance(row, WorkerRow))
        return next((i for i in places if _key(self._rows[i]) == name), None)

    def at(self, row: int) -> Line:
        """One of the lines."""
        return self._rows[row]

    def _read(self) -> list[Line]:
        workers = self._workers()
        fleet = [
            self._row(number, worker, self._counts(worker.name))
            for number, worker in enumerate(workers, 1)
        ]
        beside = [
            self._row(number, row, None)
            for number, row in enumerate(self._beside(), len(workers) + 1)
        ]
        return [*fleet, *([BESIDE] if beside else []), *beside, *self._others()]

    def _older(self, row: Line) -> Line:
        if isinstance(row, WorkerRow) and row.worker.phase in _TIMED:
            return self._row(row.number, row.worker, row.counts)
        return row

    def _row(self, number: int, worker: Worker, counts: WorkerCounts | None) -> WorkerRow:
        usage, points = self._load(worker.name) if worker.alive else (None, ())
        detail = describe(worker, self._now())
        return WorkerRow(number, worker, counts, detail, usage, points)

    def _replace(self, rows: list[Line]) -> None:
        changed = [
            i for i, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new
        ]
        self._rows = rows
        if changed:
            first, last = self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1)
            self.dataChanged.emit(first, last)

    # --- What Qt asks ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines."""
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

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is there to be read only."""
        if index.isValid() and isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

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
            return _tip(row)
        return None


def _key(row: Line) -> str:
    return row.worker.name if isinstance(row, WorkerRow) else f"{type(row).__name__} {row.name}"


def _tip(row: Line) -> str:
    match row:
        case WorkerRow():
            return f"{row.worker.name}\n{row.detail}"
        case ForeignRow():
            return f"{row.node}\n{row.detail}"
        case Heading():
            return row.more


def _text(row: Line, column: Column) -> str:
    if column is Column.WORKER:
        return row.name
    if isinstance(row, Heading):
        return ""
    if column is Column.STATE:
        return row.look.label
    if isinstance(row, ForeignRow):
        number = {Column.DONE: row.done, Column.FAILED: row.failed}.get(column)
        return "" if number is None else grouped(number)
    match column:
        case Column.DONE if row.counts is not None:
            return grouped(row.counts.succeeded)
        case Column.FAILED if row.counts is not None:
            return grouped(row.counts.failed)
        case Column.LOAD:
            return "" if row.usage is None else f"{percent(row.usage)}, {megabytes(row.usage)}"
        case _:
            return ""


def percent(usage: Usage) -> str:
    """Processor time, of one core."""
    return f"{usage.cpu_percent:.0f} %"


def megabytes(usage: Usage) -> str:
    """Memory of all its processes."""
    return f"{usage.memory / 1e6:.0f} MB"
