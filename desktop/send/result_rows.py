"""The tasks of one sending as a model: one row each, and one below the task that is open.

All are counted, but only the first `SHOWN` get a row, the last of them on top. What failed among
the others gets one at the end, up to `SHOWN` again: a failure is never only a number.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.tasks.task import FINAL, State, Task
from desktop.send.result_row import BAD, HEADS, Column, ResultRow, ran, result, waited
from desktop.send.timing import Figures, Timing

Index = QModelIndex | QPersistentModelIndex
SHOWN: Final = 200
ROW_ROLE: Final = Qt.ItemDataRole.UserRole


class _Place(NamedTuple):
    id: str
    detail: bool = False


class ResultRows(QAbstractTableModel):
    """`task` reads the ledger, `number` gives a worker's place in the fleet, `now` is its clock.

    `moved` comes when counts or figures are others, `opened` with the row number of the row that
    is below an open task.
    """

    moved = Signal()
    opened = Signal(int)

    def __init__(
        self,
        task: Callable[[str], Task | None],
        number: Callable[[str], int | None],
        now: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._task, self._number, self._now = task, number, now
        self._forget_all()

    # --- What is told ---

    def begin(self) -> None:
        """Another sending."""
        self.beginResetModel()
        self._forget_all()
        self.endResetModel()
        self.moved.emit()

    def add(self, ids: Sequence[str]) -> None:
        """These are about to be sent."""
        room = max(SHOWN - len(self._rows), 0)
        self._states |= dict.fromkeys(ids, "sent")
        self._counts["sent"] += len(ids)
        new = [_Place(task_id) for task_id in ids[:room]]
        if new:
            self.beginInsertRows(QModelIndex(), 0, len(new) - 1)
            self._rows = [*reversed(new), *self._rows]
            self.endInsertRows()
        self.take(ids)

    def take(self, ids: Collection[str]) -> None:
        """These have changed; those of others are passed over."""
        ours = [task_id for task_id in ids if task_id in self._states]
        if not ours:
            return
        for task_id in ours:
            self._move(task_id)
        self._repaint(ours)
        self._show_bad(ours)
        self.moved.emit()

    def forget(self, ids: Iterable[str]) -> None:
        """These did not go out."""
        gone = {task_id for task_id in ids if task_id in self._states}
        if gone:
            self.beginResetModel()
            for task_id in gone:
                self._counts[self._states.pop(task_id)] -= 1
            self._rows = [place for place in self._rows if place.id not in gone]
            self._open = None if self._open in gone else self._open
            self.endResetModel()
            self.moved.emit()

    def tick(self) -> None:
        """Some time has passed."""
        self._repaint([place.id for place in self._rows if self._states[place.id] not in FINAL])

    def turn(self, task_id: str) -> None:
        """Open this one, in place of another; or close it."""
        was, self._open = self._open, None
        if was is not None:
            row = self._row_of(was) + 1
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
            self._repaint([was])
        if task_id != was and task_id in self._states:
            self._open = task_id
            row = self._row_of(task_id) + 1
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, _Place(task_id, detail=True))
            self.endInsertRows()
            self._repaint([task_id])
            self.opened.emit(row)

    # --- What is known ---

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them, in the order of sending."""
        return tuple(self._states)

    @property
    def open_id(self) -> str | None:
        """The task that is open."""
        return self._open

    @property
    def states(self) -> Counter[State]:
        """How many are in which state."""
        return self._counts.copy()

    @property
    def beyond(self) -> Counter[State]:
        """The same of those without a row."""
        shown: Counter[State] = Counter(
            self._states[place.id] for place in self._rows if not place.detail
        )
        return self._counts - shown

    def figures(self) -> Figures | None:
        """How long they took; None until one has ended."""
        return self._timing.figures(self._running.values())

    def row_of(self, task_id: str) -> int | None:
        """Where a task is."""
        return next((n for n, place in enumerate(self._rows) if place.id == task_id), None)

    def at(self, row: int) -> ResultRow:
        """One row, in words."""
        place = self._rows[row]
        task, state = self._task(place.id), self._states[place.id]
        worker = None if task is None else task.worker
        return ResultRow(
            place.id,
            state,
            None if worker is None else self._number(worker),
            worker,
            waited(task, self._now()),
            ran(task, self._now()),
            result(task),
            is_open=place.id == self._open,
            detail=place.detail,
        )

    # --- How rows move ---

    def _forget_all(self) -> None:
        self._states: dict[str, State] = {}
        self._counts: Counter[State] = Counter()
        self._rows: list[_Place] = []
        self._open: str | None = None
        self._running: dict[str, float] = {}
        self._timing = Timing()

    def _move(self, task_id: str) -> None:
        task = self._task(task_id)
        if task is None:
            return
        before, self._states[task_id] = self._states[task_id], task.state
        self._counts[before] -= 1
        self._counts[task.state] += 1
        if task.state == "started" and task.started_at is not None:
            self._running[task_id] = task.started_at
        else:
            self._running.pop(task_id, None)
        if task.state in FINAL and before not in FINAL:
            self._timing.ended(task.started_at, task.ended_at, task.runtime_s)

    def _show_bad(self, ids: Iterable[str]) -> None:
        shown = {place.id for place in self._rows}
        bad = [each for each in ids if self._states[each] in BAD and each not in shown]
        new = [_Place(task_id) for task_id in bad[: max(2 * SHOWN - len(self._rows), 0)]]
        if new:
            end = len(self._rows)
            self.beginInsertRows(QModelIndex(), end, end + len(new) - 1)
            self._rows += new
            self.endInsertRows()

    def _repaint(self, ids: Collection[str]) -> None:
        wanted = frozenset(ids)
        rows = [row for row, place in enumerate(self._rows) if place.id in wanted]
        if rows:
            last = self.index(rows[-1], len(Column) - 1)
            self.dataChanged.emit(self.index(rows[0], 0), last)

    def _row_of(self, task_id: str) -> int:
        row = self.row_of(task_id)
        assert row is not None  # what can be opened has a row
        return row

    # --- What Qt asks ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADS[Column(section)]
            if role == Qt.ItemDataRole.TextAlignmentRole and section in (Column.WAITED, Column.RAN):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; the whole row in `ROW_ROLE`."""
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            ROW_ROLE,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        if not index.isValid() or role not in wanted:
            return None
        row = self.at(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text(Column(index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.sentence
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(part for part in (row.id, row.worker, row.result) if part)
            case _:
                return row
