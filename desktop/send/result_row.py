"""One task of a sending, in the words of its row."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from core.tasks.task import State, Task
from desktop.send.durations import measured
from desktop.theme.looks import TASK, Look

BAD: Final[frozenset[State]] = frozenset({"failed", "lost"})


class Column(IntEnum):
    """From left to right."""

    STATE = 0
    TASK = 1
    WORKER = 2
    WAITED = 3
    RAN = 4
    RESULT = 5


HEADS: Final = {
    Column.STATE: "",
    Column.TASK: "TASK",
    Column.WORKER: "WORKER",
    Column.WAITED: "WAITED",
    Column.RAN: "RAN",
    Column.RESULT: "RESULT",
}


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One task in words. `number` is that of its worker, None where it is with none of ours.

    `detail`: the row below, for the view to fill. `is_open`: it has such a row.
    """

    id: str
    state: State
    number: int | None
    worker: str | None
    waited: str
    ran: str
    result: str
    is_open: bool = False
    detail: bool = False

    @property
    def look(self) -> Look:
        """How its state looks."""
        return TASK[self.state]

    @property
    def bad(self) -> bool:
        """Whether something went wrong."""
        return self.state in BAD

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        where = self.worker or "no worker yet"
        parts = [self.id[:8], self.look.label, where, f"waited {self.waited}"]
        parts += [f"ran {self.ran}"] if self.ran else []
        return ", ".join([*parts, *([self.result] if self.result else [])])

    def text(self, column: Column) -> str:
        """What stands in a cell."""
        match column:
            case Column.STATE:
                return self.look.label
            case Column.TASK:
                return self.id[:8]
            case Column.WORKER:
                return "none yet" if self.worker is None else self.worker.partition("@")[0]
            case Column.WAITED:
                return self.waited
            case Column.RAN:
                return self.ran
            case Column.RESULT:
                return self.result


def waited(task: Task | None, now: float) -> str:
    """From when it was sent to when its code began last, or to now (monotonic seconds)."""
    if task is None:
        return ""
    known = (at for at in (task.started_at, task.ended_at) if at is not None)
    return measured(max(next(known, now) - task.seen_at, 0.0))


def ran(task: Task | None, now: float) -> str:
    """As its worker measured it; until then, and where the worker died, by our own clock."""
    if task is None:
        return ""
    if task.runtime_s is not None:
        return measured(task.runtime_s)
    if task.started_at is None:
        return ""
    until = now if task.ended_at is None else task.ended_at
    return measured(max(until - task.started_at, 0.0))


def result(task: Task | None) -> str:
    """What it returned; of an error its name, for all of it stands in the row below."""
    if task is None:
        return ""
    if task.error is not None:
        return task.error.partition("(")[0] if task.state != "revoked" else task.error
    return task.result or ""
