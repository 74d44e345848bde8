"""What is wrong, in one form, whoever found it: preflight, blueprint or the list of variables."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.render.blueprint.drafting import FILE
from core.render.blueprint.fault import Fault
from core.render.preflight.finding import Finding
from core.render.preflight.mend import Mend
from core.render.variables.finding import Finding as Lint
from desktop.theme.looks import Colour


class Grade(StrEnum):
    """How bad it is, the worst first; the words are those of preflight."""

    BLOCK = "block"
    LOOK_AT = "warn"
    NOTE = "info"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class GradeLook:
    """How a grade is shown: icon, colour, the word of its chip, and what it means."""

    icon_name: str
    colour: Colour
    word: str
    meaning: str


LOOKS: Final[dict[Grade, GradeLook]] = {
    Grade.BLOCK: GradeLook("alert", "err", "Blocks", "certain to fail on Render"),
    Grade.LOOK_AT: GradeLook("warning", "warn", "Look at", "may fail there"),
    Grade.NOTE: GradeLook("bell", "acc", "Notes", "good to know"),
    Grade.UNPROVEN: GradeLook("waiting", "grey", "Not proven", "only a run on Linux tells"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One fault. `file` is as git names it, None where there is none; `line` counts from 1.

    `mend` is there when the fix can be made for the person. No text of it holds a value.
    """

    check: str
    grade: Grade
    file: str | None
    line: int | None
    what: str
    why: str
    fix: str
    mend: Mend | None = None

    @property
    def place(self) -> str:
        """Where it is: `app/db.py:12`."""
        return "" if self.file is None else f"{self.file}:{self.line}" if self.line else self.file


def of_preflight(findings: Iterable[Finding]) -> tuple[Told, ...]:
    """What preflight found, the worst first, else in its order."""
    told = [
        Told(
            each.check,
            Grade(each.seen.severity),
            each.seen.file,
            each.seen.line,
            each.seen.what,
            each.seen.why,
            each.seen.fix,
            each.seen.mend,
        )
        for each in findings
    ]
    order = list(Grade)
    return tuple(sorted(told, key=lambda each: order.index(each.grade)))


def of_blueprint(faults: Iterable[Fault]) -> tuple[Told, ...]:
    """What is wrong with a Blueprint."""
    return tuple(
        Told(each.rule, Grade(each.severity), FILE, each.line, each.what, each.why, each.fix)
        for each in faults
    )


def of_variables(lints: Iterable[Lint]) -> tuple[Told, ...]:
    """What is wrong with variables."""
    return tuple(
        Told(each.check, Grade(each.severity), each.file, each.line, each.what, each.why, each.fix)
        for each in lints
    )
