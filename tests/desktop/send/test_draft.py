"""A prepared call, kept and read again."""

from typing import Any

import pytest

from core.tasks.call import TaskCall
from desktop.send.draft import Draft, as_fields, read_draft

DRAFT = Draft(TaskCall("shop.add", [1], {"y": "ü"}, "slow", 1.5, 3, 60.0, 12), 0.05)


def test_what_is_kept_is_the_same_again() -> None:
    assert read_draft(as_fields(DRAFT)) == DRAFT


@pytest.mark.parametrize(
    "change", [{"count": 0}, {"count": "x"}, {"task": ""}, {"args": {}}, {"pause_s": None}]
)
def test_what_makes_no_sense_is_none(change: dict[str, Any]) -> None:
    assert read_draft({**as_fields(DRAFT), **change}) is None
    assert read_draft([]) is None


def test_its_arguments_are_one_line() -> None:
    assert DRAFT.arguments == '1, y="ü"'
    assert Draft(TaskCall("shop.add")).arguments == "no arguments"
