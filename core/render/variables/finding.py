"""What is wrong with a variable, in the three parts of every error, with its place."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """BLOCK: what is deployed does not run. WARN: it may go wrong."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the variable `name`; `line` counts from 1. No text of it holds a value."""

    check: str
    severity: Severity
    name: str
    file: str
    line: int
    what: str
    why: str
    fix: str
