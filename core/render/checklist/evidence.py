"""How a box stands, and what shows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """How a box stands.

    STALE: it was ticked, and what ticked it has changed. OPEN: it is known not to be so. UNKNOWN:
    nobody knows. NOT_NEEDED: the project has no such thing.
    """

    DONE = "done"
    STALE = "stale"
    OPEN = "open"
    UNKNOWN = "not known"
    NOT_NEEDED = "not needed"


class Source(StrEnum):
    """Where evidence comes from."""

    FILE = "file"
    API = "Render's API"
    LOG = "log"
    ANSWER = "answer"
    PROOF = "verify"
    HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows it; no text of it holds a value.

    `file` is as git names it, `line` from 1. `at`: when it was so, for what passes. `commit` and
    `deploy`: the only ones that it says something about; empty where it does not depend on them.
    """

    source: Source
    words: str
    file: str | None = None
    line: int | None = None
    at: datetime | None = None
    commit: str = ""
    deploy: str = ""

    @property
    def place(self) -> str:
        """Where it is: `app/db.py:12`."""
        return "" if self.file is None else f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Answer:
    """What is found now. `why` it is not done, and `tells`: what would tell, or what helps."""

    state: State
    evidence: tuple[Evidence, ...] = ()
    why: str = ""
    tells: str = ""


def done(*evidence: Evidence) -> Answer:
    """It is so; nothing is without evidence."""
    assert evidence, "whoever says so has seen something"
    return Answer(State.DONE, evidence)


def not_so(why: str, tells: str, *evidence: Evidence) -> Answer:
    """It is known not to be so."""
    return Answer(State.OPEN, evidence, why, tells)


def unknown(why: str, tells: str, *evidence: Evidence) -> Answer:
    """Nobody knows."""
    return Answer(State.UNKNOWN, evidence, why, tells)


def not_needed(why: str) -> Answer:
    """There is no such thing."""
    return Answer(State.NOT_NEEDED, why=why)


def all_of(*answers: Answer) -> Answer:
    """One answer for all of these: the worst one tells, evidence comes from each."""
    worst = min(answers, key=lambda each: _WORST.index(each.state))
    evidence = dict.fromkeys(one for each in answers for one in each.evidence)
    return Answer(worst.state, tuple(evidence), worst.why, worst.tells)


def one_of(*answers: Answer) -> Answer:
    """One answer where one of these will do: the best one."""
    return max(answers, key=lambda each: _WORST.index(each.state))


_WORST: Final = (State.OPEN, State.STALE, State.UNKNOWN, State.DONE, State.NOT_NEEDED)
