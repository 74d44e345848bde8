"""The steps of a deployment, and how far each of them is, in words."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from core.render.checklist.evidence import State as Box
from core.render.cost.monthly import dollars
from core.render.preflight.examination import CHECKS
from core.render.variables.contract import State
from desktop.deploy.diff_lines import counted, diff_lines
from desktop.deploy.facts import Checked, Environment, Facts, Preflight, Size
from desktop.deploy.told import Grade, Told, of_blueprint, of_preflight, of_variables


class Step(StrEnum):
    """In their order."""

    PREFLIGHT = "Preflight"
    BLUEPRINT = "Blueprint"
    ENVIRONMENT = "Environment"
    SIZE = "Size and cost"
    ACCOUNT = "Account"
    SHIP = "Push and deploy"
    RUNNING = "On Render"
    PROOF = "Proof"
    CHECKLIST = "Checklist"


class Mark(StrEnum):
    """What stands in the circle of a step."""

    WAITING = "not looked at"
    RUNNING = "being looked at"
    DONE = "fine"
    LOOK_AT = "to look at"
    FAULT = "something blocks"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a step is, and that in a few words."""

    mark: Mark
    words: str


UNSEEN: Final = Standing(Mark.WAITING, "not looked at yet")


def standing(step: Step, facts: Facts) -> Standing:
    """How far a step is by what is known."""
    match step:
        case Step.PREFLIGHT:
            part = facts.preflight
        case Step.BLUEPRINT:
            part = facts.draft
        case Step.ENVIRONMENT:
            part = facts.environment
        case Step.SIZE:
            part = facts.size
        case Step.CHECKLIST:
            part = facts.checklist
        case Step.ACCOUNT | Step.SHIP | Step.RUNNING | Step.PROOF:  # told by those who ask Render
            part = None
    match part:
        case None:
            return UNSEEN
        case FleetError():
            return Standing(Mark.FAULT, "could not be looked at")
        case Preflight():
            return _preflight(open_told(facts))
        case Draft():
            return _blueprint(part)
        case Environment():
            return _environment(part)
        case Size():
            return _size(part)
        case Checked():
            return _checklist(part)


def open_told(facts: Facts) -> tuple[Told, ...]:
    """What preflight found and nobody mended here."""
    if not isinstance(facts.preflight, Preflight):
        return ()
    mended = {each.told for each in facts.fixed}
    return tuple(each for each in of_preflight(facts.preflight.findings) if each not in mended)


def passed(told: tuple[Told, ...]) -> int:
    """How many checks found nothing."""
    return len(CHECKS) - len({each.check for each in told})


def _preflight(told: tuple[Told, ...]) -> Standing:
    count = Counter(each.grade for each in told)
    words = [f"{passed(told)} passed"]
    if count[Grade.BLOCK]:
        words.insert(0, _block(count[Grade.BLOCK]))
    if count[Grade.LOOK_AT]:
        words.append(f"{count[Grade.LOOK_AT]} to look at")
    return Standing(_mark(count), ", ".join(words[:2]))


def _blueprint(draft: Draft) -> Standing:
    count = Counter(each.grade for each in of_blueprint(draft.faults))
    if count[Grade.BLOCK]:
        return Standing(Mark.FAULT, _block(count[Grade.BLOCK]))
    if not draft.changes and not draft.settings.changes:
        return Standing(_mark(count), "as the project wants it")
    added, removed = counted(diff_lines(draft.diff()))
    words = f"{added} lines added, {removed} removed" if draft.exists else "not written yet"
    return Standing(Mark.LOOK_AT, words)


def _environment(part: Environment) -> Standing:
    count = Counter(each.grade for each in of_variables(part.lints))
    missing = sum(row.required and State.MISSING in row.places.values() for row in part.rows)
    names = f"{len(part.rows)} name{'' if len(part.rows) == 1 else 's'}"
    if count[Grade.BLOCK]:
        return Standing(Mark.FAULT, f"{names}, {_block(count[Grade.BLOCK])}")
    mark = Mark.LOOK_AT if missing else _mark(count)
    return Standing(mark, f"{names}, {missing or 'none'} missing")


def _size(part: Size) -> Standing:
    bill, asked = part.report.bills[-1], part.report.asked
    if asked is None:
        return Standing(Mark.LOOK_AT, "no task fits on a plan")
    risky = not asked.risk.startswith("safe")
    words = f"{asked.plan.name}, {asked.concurrency} at once, {dollars(bill.usd)}"
    return Standing(Mark.LOOK_AT if risky else Mark.DONE, words)


def _checklist(part: Checked) -> Standing:
    count = Counter(each.state for each in part.boxes)
    needed = len(part.boxes) - count[Box.NOT_NEEDED]
    words = f"{count[Box.DONE]} of {needed} done"
    for state in (Box.OPEN, Box.STALE):
        if count[state]:
            mark = Mark.FAULT if state is Box.OPEN else Mark.LOOK_AT
            return Standing(mark, f"{words}, {count[state]} {state}")
    return Standing(Mark.DONE if count[Box.DONE] == needed else Mark.LOOK_AT, words)


def _block(count: int) -> str:
    return f"{count} blocking"


def _mark(count: Counter[Grade]) -> Mark:
    if count[Grade.BLOCK]:
        return Mark.FAULT
    return Mark.LOOK_AT if count[Grade.LOOK_AT] else Mark.DONE
