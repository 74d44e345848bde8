"""How patient the supervisor is with a worker."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Policy:
    """Seconds, and counts in a row.

    `restart` off: a worker that crashes stays CRASHED. `fatal_after` counts ends before the worker
    was up. Silence of `suspect_after_s` while starting or busy is shown, no more. A cold stop that
    takes longer than `cold_s` ends with a kill, and so does a task that is still there `overdue_s`
    after its hard time limit: its worker would have ended it, had it been able to. `breaks_off`
    off: there is no task that could be broken off, so a kill follows the grace at once.
    """

    grace_s: float = 30.0
    backoff_first_s: float = 1.0
    backoff_max_s: float = 30.0
    reset_after_s: float = 60.0
    fatal_after: int = 4
    suspect_after_s: float = 60.0
    cold_s: float = 6.0
    overdue_s: float = 5.0
    restart: bool = True
    breaks_off: bool = True

    def backoff_s(self, tries: int) -> float:
        """The wait before try number `tries` (from 1): doubling, up to `backoff_max_s`."""
        return min(self.backoff_first_s * 2.0 ** min(tries - 1, 60), self.backoff_max_s)


DEFAULT: Final = Policy()
"""DESIGN section 4."""
