"""Render's time, also where the clock of this machine is off."""

from datetime import UTC, datetime

import pytest

from core.render.api.clock import Clock

OURS = datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_times_are_renders_once_it_has_answered() -> None:
    clock = Clock(ours=lambda: OURS)
    assert clock.now() == OURS
    clock.heed({"date": "Fri, 20 Nov 2026 10:00:30 GMT"})
    assert clock.now() == OURS.replace(second=30)


@pytest.mark.parametrize(
    ("date", "words"),
    [("Fri, 20 Nov 2026 10:07:00 GMT", "7 min behind"), ("Thu, 19 Nov 2026 10:00:00 GMT", "ahead")],
)
def test_a_clock_that_is_off_is_told_once(date: str, words: str) -> None:
    said: list[str] = []
    clock = Clock(said.append, lambda: OURS)
    for _ in range(3):
        clock.heed({"date": date})
    (text,) = said
    assert words in text


@pytest.mark.parametrize("headers", [{}, {"date": "yesterday"}, {"date": ""}])
def test_an_answer_without_a_time_changes_nothing(headers: dict[str, str]) -> None:
    said: list[str] = []
    clock = Clock(said.append, lambda: OURS)
    clock.heed(headers)
    assert (clock.now(), said) == (OURS, [])


def test_a_time_without_a_zone_is_taken_as_utc() -> None:
    clock = Clock(ours=lambda: OURS)
    clock.heed({"date": "Fri, 20 Nov 2026 10:00:30 -0000"})
    assert clock.now() == OURS.replace(second=30)
