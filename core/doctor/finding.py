"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it is: a warning works now and will hurt later; skipped says in its evidence why."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Seen:
    """A verdict. `evidence`: what was seen and where. `fix` is empty when nothing is wrong."""

    state: State
    evidence: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of one check, with its names: `group` is its part of the report."""

    id: str
    group: str
    title: str
    state: State
    evidence: str
    fix: str


def ok(evidence: str) -> Seen:
    """All is well."""
    return Seen(State.OK, evidence)


def skipped(why: str) -> Seen:
    """Nothing was looked at."""
    return Seen(State.SKIPPED, why)


def warning(evidence: str, fix: str) -> Seen:
    """It works, and will hurt later."""
    return Seen(State.WARNING, evidence, fix)


def fault(evidence: str, fix: str) -> Seen:
    """It does not work."""
    return Seen(State.FAULT, evidence, fix)


def worst(seen: list[Seen], otherwise: Seen) -> Seen:
    """All that is wrong as one verdict, the gravest state for it; `otherwise` when nothing is."""
    if not seen:
        return otherwise
    state = State.FAULT if any(one.state is State.FAULT for one in seen) else State.WARNING
    fixes = dict.fromkeys(one.fix for one in seen)
    return Seen(state, "; ".join(one.evidence for one in seen), "; ".join(fixes))
