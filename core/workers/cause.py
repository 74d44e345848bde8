"""The likely cause of a process's end, guessed from its last lines."""

import re
from collections.abc import Sequence
from typing import Final

from core.known.table import diagnose

_LINES: Final = 30
_TRACEBACK: Final = "Traceback (most recent call last)"
_EXCEPTION: Final = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:: .+)?")


def likely_cause(last_lines: Sequence[str]) -> str | None:
    """The cause that the last of the lines to say something gives; None when none does.

    Errors that are known have their own words; else it is the last line of a traceback, when
    nothing came after it.
    """
    lines = [line.rstrip() for line in last_lines[-_LINES:] if line.strip()]
    for line in reversed(lines):
        known = diagnose(line)
        if known is not None and known.ends:
            return known.cause
    if lines and _EXCEPTION.fullmatch(lines[-1]) and any(_TRACEBACK in line for line in lines):
        return lines[-1]
    return None
