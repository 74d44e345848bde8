"""What a worker that is gone leaves behind."""

import signal
from dataclasses import dataclass

from core.tasks.task import Held
from core.workers.messages import Exited


@dataclass(frozen=True, slots=True)
class Loss:
    """The messages that a run held when it ended, to be settled with the broker.

    `ended_at` in Unix seconds: a message taken later belongs to another worker. `why` is the text
    of the WorkerLostError, in prefork's words. `clean`: it left in good order, so it held nothing
    that it could not tell us of.
    """

    worker: str
    run: int
    held: tuple[Held, ...]
    ended_at: float
    why: str
    clean: bool


def lost_words(exited: Exited) -> str:
    """What prefork says of a child that ended so (`billiard/common.py`, human_status)."""
    if exited.signal is not None:
        status = f"signal {exited.signal} ({_name(exited.signal)})"
    else:
        status = f"exitcode {exited.code}"
    return f"Worker exited prematurely: {status}."


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
