"""What a worker that is gone leaves behind."""

import signal
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.tasks.task import Held

UNTOLD_S: Final = 5.0
TAKING_S: Final = 0.5


class Manner(StrEnum):
    """How it came that the run ended; by it the task that ran is settled as prefork would.

    LOST: nobody here wanted it. LIMIT: killed at a hard time limit that it could not keep itself.
    COLD: stopped by us without waiting for the task.
    """

    LOST = "lost"
    LIMIT = "limit"
    COLD = "cold"


@dataclass(frozen=True, slots=True)
class Loss:
    """The messages that a run held when it ended, to be settled with the broker.

    Instants in Unix seconds. A message taken after `ended_at` belongs to another worker. `told_at`
    is the run's last word; None: it told nothing, so it took nothing. `exit` is its code, or -N
    for signal N. `limit_s` goes with `Manner.LIMIT`.
    """

    worker: str
    run: int
    held: tuple[Held, ...]
    told_at: float | None
    ended_at: float
    exit: int | None
    manner: Manner = Manner.LOST
    limit_s: float | None = None

    @property
    def untold_since(self) -> float | None:
        """Since when it may have taken messages that it had no time to tell of; None: it told all.

        It tells of a message within a moment, so the time is short whatever its last word was:
        what others took meanwhile is not to be taken for its own.
        """
        if self.exit == 0 or self.told_at is None:
            return None
        return max(self.told_at, self.ended_at - UNTOLD_S) - TAKING_S

    @property
    def why(self) -> str:
        """The text of the WorkerLostError, in prefork's words.

        What prefork says of a child that ended so: `billiard/common.py`, human_status.
        """
        if self.exit is not None and self.exit < 0:
            status = f"signal {-self.exit} ({_name(-self.exit)})"
        else:
            status = f"exitcode {self.exit}"
        return f"Worker exited prematurely: {status}."


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
