"""What a check of the preflight found."""

from dataclasses import dataclass
from enum import StrEnum

from core.render.preflight.mend import Mend


class Severity(StrEnum):
    """BLOCK: it is certain to fail there. WARN: it may. INFO: good to know.

    UNPROVEN: only a run on Linux tells.
    """

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Seen:
    """One fault: where (`file` as git names it, `line` from 1), what is wrong, why, what helps.

    No text of it holds a value of a variable. `mend` is there when the fix can be made for the
    person.
    """

    severity: Severity
    file: str | None
    line: int | None
    what: str
    why: str
    fix: str
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the name of the check that found it."""

    check: str
    seen: Seen
