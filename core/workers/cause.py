"""The likely cause of a process's end, guessed from its last lines."""

import re
from collections.abc import Sequence
from typing import Final

from core.known.signature import KnownError
from core.known.table import diagnose

_LINES: Final = 30
_TRACEBACK: Final = "Traceback (most recent call last)"
_EXCEPTION: Final = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:: .+)?")


def known_cause(last_lines: Sequence[str]) -> KnownError | None:
    """The known error of which the last of the lines to do so tells that it ends a process."""
    for line in reversed(_said(last_lines)):
        known = diagnose(line)
        if known is not None and known.ends:
            return known
    return None


def likely_cause(last_lines: Sequence[str]) -> str | None:
    """The cause that the last of the lines to say something gives; None when none does.

    Errors that are known have their own words; else it is the last line of a traceback, when
    nothing came after it.
    """
    if (known := known_cause(last_lines)) is not None:
        return known.cause
    lines = _said(last_lines)
    if lines and _EXCEPTION.fullmatch(lines[-1]) and any(_TRACEBACK in line for line in lines):
        return lines[-1]
    return None


def _said(last_lines: Sequence[str]) -> list[str]:
    return [line.rstrip() for line in last_lines[-_LINES:] if line.strip()]
