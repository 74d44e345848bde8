"""What was proved, in words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.render.checklist.proof import Proof
from core.render.verifying.report import Finding, Sure
from desktop.deploy.steps import Mark
from desktop.render.proof_words import (
    LOOKS,
    MEANING,
    clock,
    guard_error,
    proof_standing,
    summary,
)

AT = datetime(2026, 11, 26, 5, 0, 1, 234_567, tzinfo=UTC)
RAN = Finding("ran-on-render", Sure.PROVED, "the task was run on Render", "its log has it")
LOCAL = Finding("local-workers", Sure.FAILED, "a worker here takes it", "pid 7", "stop it")
PROOF = Proof(AT, "c0ffee" * 6, (RAN,))


def test_each_state_has_a_shape_a_word_and_a_meaning_of_its_own() -> None:
    assert len({look.shape for look in LOOKS.values()}) == len(Sure)
    assert len({look.label for look in LOOKS.values()}) == len(Sure)
    assert set(MEANING) == set(LOOKS) == set(Sure)


def test_workers_that_take_tasks_of_the_other_side_are_an_error_in_three_parts() -> None:
    error = guard_error((RAN, LOCAL))
    assert error is not None
    assert (error.what, error.why, error.fix) == (LOCAL.what, LOCAL.evidence, LOCAL.fix)
    assert guard_error((RAN, replace(LOCAL, sure=Sure.PROVED))) is None


def test_a_report_is_told_with_its_date_its_commit_and_what_it_came_to() -> None:
    told = summary(replace(PROOF, findings=(RAN, RAN, LOCAL)))
    assert f"{AT.astimezone():%d %b, %H:%M}" in told
    assert told.endswith("commit c0ffeec: 2 proved, 1 failed.")
    assert "unknown commit" in summary(replace(PROOF, commit=""))
    assert summary(None) == "Never verified on this machine."


@pytest.mark.parametrize(
    ("proof", "running", "mark", "words"),
    [
        (None, False, Mark.WAITING, "not verified yet"),
        (PROOF, True, Mark.RUNNING, "being looked at"),
        (PROOF, False, Mark.DONE, "proved, c0ffeec"),
        (replace(PROOF, findings=()), False, Mark.LOOK_AT, "not all proved, c0ffeec"),
        (replace(PROOF, findings=(RAN, LOCAL)), False, Mark.FAULT, "1 of 2 findings fail"),
    ],
)
def test_the_step_says_how_far_it_is(
    proof: Proof | None, running: bool, mark: Mark, words: str
) -> None:
    told = proof_standing(proof, running=running)
    assert (told.mark, told.words) == (mark, words)


def test_times_of_a_task_are_exact() -> None:
    assert clock(AT) == "05:00:01.234Z"
