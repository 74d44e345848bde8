"""The one error that people see: what failed, why, what to do next."""

from typing import Final

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
UNAVAILABLE: Final = 69
TIMED_OUT: Final = 124
INTERRUPTED: Final = 130


class FleetError(Exception):
    """Something a person has to know, in three parts.

    `what` names the worker, path or host that failed; `why` says the cause as
    far as it is known; `fix` says what to do next. `exit_code` is what the
    command line ends with when nothing better is known (`USAGE` for bad
    input, `UNAVAILABLE` when there is no broker or no worker).
    """

    def __init__(self, what: str, why: str, fix: str, *, exit_code: int = FAILED) -> None:
        super().__init__(what, why, fix)
        self.what = what
        self.why = why
        self.fix = fix
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"{self.what}\n  why: {self.why}\n  fix: {self.fix}"
