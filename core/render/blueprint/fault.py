"""What is wrong with a Blueprint, in the three parts of every error, with its place."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """BLOCK: Render refuses it, or what is deployed does not run. WARN: it may go wrong."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `rule` names what found it, lines and columns start at 1.

    No text of it holds a value of an environment variable.
    """

    rule: str
    severity: Severity
    line: int
    column: int
    what: str
    why: str
    fix: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.severity}: {self.what}"
