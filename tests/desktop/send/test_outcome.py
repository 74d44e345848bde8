"""Numbers of a sending."""

from collections import Counter

import pytest

from core.tasks.task import State
from desktop.send.outcome import in_words, shares


def test_the_four_that_one_looks_for_are_always_there() -> None:
    found = shares(Counter())
    assert [share.word for share in found] == ["succeeded", "failed", "running", "waiting"]


def test_what_was_received_waits_and_the_rare_are_told_when_there_are_some() -> None:
    found = shares(Counter({"sent": 1, "received": 2, "retried": 1, "lost": 3, "revoked": 1}))
    told = [(share.count, share.word) for share in found if share.count]
    assert told == [(3, "lost"), (1, "revoked"), (1, "to retry"), (3, "waiting")]


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (Counter[State]({"succeeded": 3}), "3 more, all succeeded"),
        (Counter[State]({"succeeded": 4, "sent": 1}), "5 more: 4 succeeded, 1 waiting"),
    ],
)
def test_those_without_a_row_are_said(states: Counter[State], words: str) -> None:
    assert in_words(states) == words
