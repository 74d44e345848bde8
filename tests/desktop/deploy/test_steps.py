"""How far each step is."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from core.render.preflight.examination import CHECKS
from core.render.preflight.mending import Change
from desktop.deploy.facts import Facts, Fixed, WhatIf
from desktop.deploy.looking import size_of
from desktop.deploy.steps import UNSEEN, Mark, Step, open_told, passed, standing
from tests.support.storefront import facts_of


@pytest.mark.parametrize("step", list(Step))
def test_before_anything_is_looked_at_all_steps_wait(step: Step) -> None:
    assert standing(step, Facts()) == UNSEEN


@pytest.mark.parametrize("step", list(Step))
def test_what_could_not_be_looked_at_is_a_fault(step: Step) -> None:
    error = FleetError("what", "why", "fix")
    assert standing(step, Facts(error, error, error, error)).mark is Mark.FAULT


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


def test_variables_are_counted(facts: Facts) -> None:
    assert "names, none missing" in standing(Step.ENVIRONMENT, facts).words


def test_a_size_that_is_not_safe_is_to_be_looked_at(facts: Facts) -> None:
    assert standing(Step.SIZE, facts).mark is Mark.DONE
    tight = replace(facts, size=size_of(None, None, WhatIf("starter", 1, 4)))
    assert standing(Step.SIZE, tight).mark is Mark.LOOK_AT
