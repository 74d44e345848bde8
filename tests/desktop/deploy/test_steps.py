"""How far each step is."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from core.render.checklist.there import Remote
from core.render.preflight.examination import CHECKS
from core.render.preflight.mending import Change
from desktop.deploy.facts import Facts, Fixed, WhatIf
from desktop.deploy.looking import size_of
from desktop.deploy.steps import UNSEEN, Mark, Standing, Step, open_told, passed, standing
from desktop.render.side import REMOTE
from tests.support.checklists import WEB, deploy, remote, without
from tests.support.storefront import checked_of, facts_of

OLD = remote(replace(WEB, live=deploy("dep-1", "f00d")))


@pytest.mark.parametrize("step", list(Step))
def test_before_anything_is_looked_at_all_steps_wait(step: Step) -> None:
    assert standing(step, Facts()) == UNSEEN


@pytest.mark.parametrize(
    "step", [step for step in Step if step not in REMOTE or step is Step.CHECKLIST]
)
def test_what_could_not_be_looked_at_is_a_fault(step: Step) -> None:
    error = FleetError("what", "why", "fix")
    assert standing(step, Facts(error, error, error, error, (), error)).mark is Mark.FAULT


def test_the_first_step_counts_what_blocks(facts: Facts) -> None:
    told = open_told(facts)
    blocking = sum(each.grade == "block" for each in told)
    expected = f"{blocking} blocking, {passed(told)} passed"
    assert (standing(Step.PREFLIGHT, facts).mark, standing(Step.PREFLIGHT, facts).words) == (
        Mark.FAULT,
        expected,
    )
    assert passed(()) == len(CHECKS)


def test_what_was_mended_is_no_longer_open(facts: Facts) -> None:
    first = open_told(facts)[0]
    mended = replace(facts, fixed=(Fixed(first, Change(Path(), (), ())),))
    assert first not in open_told(mended)


def test_a_blueprint_that_is_written_and_sound_is_done(root: Path, facts: Facts) -> None:
    assert standing(Step.BLUEPRINT, facts).words == "not written yet"
    assert isinstance(facts.draft, Draft)
    (root / "render.yaml").write_text(facts.draft.after.text)
    again = standing(Step.BLUEPRINT, facts_of(root))
    assert (again.mark, again.words) == (Mark.DONE, "as the project wants it")


@pytest.mark.parametrize(
    ("said", "by_hand", "mark", "words"),
    [
        (remote(), True, Mark.DONE, "22 of 22 done"),
        (remote(), False, Mark.LOOK_AT, "20 of 22 done"),
        (
            remote(replace(WEB, live=deploy("dep-1", "f00d"))),
            True,
            Mark.LOOK_AT,
            "21 of 22 done, 1 stale",
        ),
        (without("web"), True, Mark.FAULT, "20 of 22 done, 2 open"),
    ],
)
def test_the_checklist_counts_its_boxes(
    tmp_path: Path, said: Remote, by_hand: bool, mark: Mark, words: str
) -> None:
    checked = checked_of(tmp_path, said, by_hand=by_hand)
    assert standing(Step.CHECKLIST, Facts(checklist=checked)) == Standing(mark, words)


def test_variables_are_counted(facts: Facts) -> None:
    assert "names, none missing" in standing(Step.ENVIRONMENT, facts).words


def test_a_size_that_is_not_safe_is_to_be_looked_at(facts: Facts) -> None:
    assert standing(Step.SIZE, facts).mark is Mark.DONE
    tight = replace(facts, size=size_of(None, None, WhatIf("starter", 1, 4)))
    assert standing(Step.SIZE, tight).mark is Mark.LOOK_AT
