"""Answers that many boxes have in common."""

import re
from dataclasses import replace

from core.render.checklist.words import LONGEST, NAMED, logged, shown, told
from tests.support.checklists import JOBS, READY, lines


def test_the_newest_line_counts() -> None:
    there = replace(JOBS, lines=lines(f"1 {READY}", f"2 {READY}", "else"))
    found = logged(there, re.compile("ready"))
    assert found is not None
    assert found.words.startswith("2 ")
    assert logged(there, re.compile("never")) is None
    assert logged(replace(there, live=None), re.compile("ready")) is None


def test_a_line_is_told_in_one_line_that_is_not_too_long() -> None:
    assert shown("a\n  b\t c") == "a b c"
    assert len(shown("x" * 500)) == LONGEST
    assert shown("redis://:hunter2@host") == "redis://:***@host"


def test_many_names_are_counted() -> None:
    assert told(["B", "A", "B"]) == "B, A"
    assert told(map(str, range(NAMED + 3))) == "0, 1, 2, 3, 4, 5 and 3 more"
