"""Times and words for people."""

from datetime import UTC, datetime

import pytest

from desktop.render.words import counted, kind, lasted, when


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (59, "59 s"), (84, "1 min 24 s"), (3600, "1 h 0 min"), (7260, "2 h 1 min")],
)
def test_a_time_that_something_took(seconds: float, words: str) -> None:
    assert lasted(seconds) == words


def test_a_time_of_render_is_told_in_the_zone_of_this_machine() -> None:
    at = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    assert when(at) == f"{at.astimezone():%d %b, %H:%M}"
    assert when(None) == ""


def test_a_kind_that_nobody_knows_reads_well_all_the_same() -> None:
    assert kind("background_worker") == "worker"
    assert kind("moon_base") == "moon base"


def test_one_is_one_and_two_are_several() -> None:
    assert (counted(1, "commit"), counted(2, "commit")) == ("1 commit", "2 commits")
