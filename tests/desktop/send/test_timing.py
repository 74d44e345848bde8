"""Half, most, and how many at a time."""

import pytest

from desktop.send.timing import Figures, Timing, Typical, most_at_once, share_within


@pytest.mark.parametrize(
    ("values", "half", "most"),
    [
        ([1.0], 1.0, 1.0),
        ([1.0, 2.0], 1.0, 2.0),
        ([float(n) for n in range(1, 21)], 10.0, 19.0),
        ([float(n) for n in range(1, 101)], 50.0, 95.0),
    ],
)
def test_shares_are_values_that_were_measured(
    values: list[float], half: float, most: float
) -> None:
    assert (share_within(values, 0.5), share_within(values, 0.95)) == (half, most)


@pytest.mark.parametrize(
    ("spans", "most"),
    [
        ([], 0),
        ([(0, 1), (1, 2)], 1),
        ([(0, 2), (1, 3)], 2),
        ([(0, 9), (1, 2), (3, 4), (3, 5)], 3),
    ],
)
def test_overlapping_runs_are_counted(spans: list[tuple[float, float]], most: int) -> None:
    assert most_at_once(spans) == most


def test_figures_come_with_the_first_end() -> None:
    timing = Timing()
    assert timing.figures([0.0, 0.5]) is None
    timing.ended(0.0, 2.0, 2.0)
    timing.ended(1.0, 4.0, 3.0)
    timing.ended(None, None, None)
    assert timing.figures(()) == Figures(2.0, 3.0, 2)


def test_a_peak_is_never_forgotten() -> None:
    timing = Timing()
    timing.figures([0.0, 0.1, 0.2])
    timing.ended(0.0, 1.0, 1.0)
    assert timing.figures(()) == Figures(1.0, 1.0, 3)


def test_what_still_runs_overlaps_with_what_has_ended() -> None:
    timing = Timing()
    timing.ended(0.0, 2.0, 2.0)
    assert timing.figures([1.0]) == Figures(2.0, 2.0, 2)


def test_the_typical_time_is_the_median_of_a_task() -> None:
    typical = Typical()
    assert typical.of("a") is None
    for seconds in (1.0, 9.0, 2.0):
        typical.ran("a", seconds)
    assert typical.of("a") == 2.0
