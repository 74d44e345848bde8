"""Tasks that have ended a worker, and are run again in one worker alone."""

from functools import partial
from typing import Final

from core.alone import run_alone
from core.errors import FleetError
from core.session import Session
from core.tasks.again import call_again
from core.tasks.task import FINAL, State, Task
from desktop.desk import Desk

_OVER: Final[tuple[State, ...]] = ("failed", "lost")
"""Else the broker still has it, or it has succeeded since."""
_CAME_OF_IT: Final[dict[State, str]] = {
    "succeeded": "Alone, it succeeded.",
    "failed": "Alone, it failed.",
    "revoked": "Alone, it was revoked.",
    "lost": "Alone, it was lost.",
}


class AloneRuns:
    """Begins such runs, and tells what came of each."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._desk = desk
        self._session = session
        self._sent: dict[str, str] = {}
        """What was sent for each task, empty until it is."""

    def can(self, task: Task) -> bool:
        """Whether it has failed for good, does not run again yet, and its arguments are known."""
        runs = task.id in self._sent and self._state(task) not in FINAL
        return task.state in _OVER and not runs and call_again(task) is not None

    def words(self, task: Task) -> str:
        """What came of it; empty where it was not run alone."""
        if task.id not in self._sent:
            return ""
        return _CAME_OF_IT.get(self._state(task), "It runs again, in this worker alone.")

    def begin(self, task_id: str, name: str) -> None:
        """Run a task in this worker alone."""
        self._sent[task_id] = ""
        self._desk.do(self._run(task_id, name))

    async def _run(self, task_id: str, name: str) -> None:
        told = partial(self._sent.__setitem__, task_id)
        try:
            await run_alone(self._session, task_id, name, told)
        except FleetError:
            if not self._sent[task_id]:
                del self._sent[task_id]
            raise

    def _state(self, task: Task) -> State:
        sent = self._session.ledger.task(self._sent[task.id])
        return sent.state if sent else "sent"
