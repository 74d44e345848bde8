"""What follows from the states of the parts."""

from pathlib import Path

from core.project.finding import Part
from core.setup.trial import NEEDED, State, Trial

WORKING = dict.fromkeys(NEEDED, State.WORKS)


def test_a_trial_is_ready_once_all_that_is_needed_works() -> None:
    assert Trial(Path("shop"), states=WORKING).ready
    for part in NEEDED:
        for state in (State.WAITING, State.TRYING, State.FAULT):
            assert not Trial(Path("shop"), states={**WORKING, part: state}).ready


def test_variables_that_cannot_be_read_keep_nothing_from_starting() -> None:
    assert Trial(Path("shop"), states={**WORKING, Part.VARIABLES: State.FAULT}).ready


def test_a_trial_is_over_when_nothing_is_tried() -> None:
    assert not Trial(Path("shop"), states={Part.FOLDER: State.TRYING}).over
    assert Trial(Path("shop"), states={Part.FOLDER: State.FAULT}).over


def test_what_was_not_begun_waits() -> None:
    assert Trial(Path("shop")).state(Part.BROKER) is State.WAITING
