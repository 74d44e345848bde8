"""A question to workers, and how its answers are shown."""

import json

import pytest

from core.bridge.roll_call import Roll
from core.cli.inspect import check_question, show_answers
from core.errors import DONE, UNAVAILABLE, USAGE, FleetError
from tests.support.screen import Screen

ROLL = Roll(
    {"w1@box": {"ping": {}, "conf": {"broker_url": "redis://:hunter2@far/0"}}, "w2@box": {}},
    {"w2@box": "it answered ping, but not conf within 1 s"},
)


def test_answers_stand_below_their_worker_and_the_silent_are_named() -> None:
    screen = Screen()
    assert show_answers("conf", ROLL, "proj", screen.terminal, as_document=False) == DONE
    assert screen.out == (
        "w1@box:\n    broker_url  redis://:***@far/0\n"
        "w2@box: silent\n    it answered ping, but not conf within 1 s\n"
    )


def test_programs_get_one_document_masked_too() -> None:
    screen = Screen()
    assert show_answers("conf", ROLL, "proj", screen.terminal, as_document=True) == DONE
    assert json.loads(screen.out) == {
        "kind": "inspect",
        "what": "conf",
        "replies": {"w1@box": {"broker_url": "redis://:***@far/0"}},
        "silent": dict(ROLL.silent),
    }


def test_nobody_is_an_error_or_an_empty_document() -> None:
    screen = Screen()
    with pytest.raises(FleetError) as caught:
        show_answers("conf", Roll({}, {}), "proj", screen.terminal, as_document=False)
    assert caught.value.exit_code == UNAVAILABLE
    code = show_answers("conf", Roll({}, {}), "proj", screen.terminal, as_document=True)
    assert code == UNAVAILABLE
    assert json.loads(screen.out)["replies"] == {}


@pytest.mark.parametrize(
    ("what", "ids", "part"),
    [
        ("everything", (), "ask for one of registered, active"),
        ("query_task", (), "--ids"),
        ("active", ("a",), "--ids"),
    ],
)
def test_questions_that_make_no_sense_are_refused(
    what: str, ids: tuple[str, ...], part: str
) -> None:
    with pytest.raises(FleetError) as caught:
        check_question(what, ids)
    assert caught.value.exit_code == USAGE
    assert part in caught.value.fix


def test_good_questions_pass() -> None:
    check_question("active", ())
    check_question("query_task", ("a",))
