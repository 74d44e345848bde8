"""What a scenario may ask of the workers of one side."""

from enum import Enum
from pathlib import Path
from typing import Protocol

PROJECT = Path(__file__).resolve().parent / "project"
APP = "parity_app"
LIMIT_S = 40.0


class Stop(Enum):
    """How workers are told to leave: in Celery's words, and the signal that says so to prefork.

    A cold stop is a soft one where `worker_soft_shutdown_timeout` is set.
    """

    WARM = "SIGTERM"
    COLD = "SIGQUIT"


class Workers(Protocol):
    """One prefork worker, or a fleet. Both block, for `LIMIT_S` at most."""

    @property
    def nodes(self) -> int:
        """How many answer a broadcast."""
        ...

    def start(self) -> None:
        """Start, for the first time or again after a stop; returns when they are being started."""
        ...

    def stop(self, how: Stop) -> None:
        """Stop; returns when no process of theirs is left."""
        ...

    def wait_gone(self) -> None:
        """Wait until all have left, as they were told by somebody else."""
        ...

    def revive(self) -> None:
        """Wait for the end of what ended by itself, and do as production's supervisor does."""
        ...

    def close(self) -> None:
        """End whatever still runs."""
        ...

    def log(self) -> str:
        """What they have written, for people."""
        ...
