"""Lengths of time, typed and shown."""

import pytest

from desktop.send.durations import measured, read_duration, shown_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("5", 5),
        ("0.5 s", 0.5),
        ("1,5s", 1.5),
        ("50 ms", 0.05),
        ("2 min", 120),
        ("1 H", 3600),
    ],
)
def test_a_length_of_time_is_read(text: str, seconds: float) -> None:
    assert read_duration(text) == pytest.approx(seconds)
    assert read_duration(shown_duration(seconds)) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "soon", "-1", "5 days", "1 2"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="as in 5 s"):
        read_duration(text)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.0004, "0 ms"),
        (0.002, "2 ms"),
        (0.09, "0.09 s"),
        (0.999, "1.0 s"),
        (2.84, "2.8 s"),
        (9.99, "10 s"),
        (41.2, "41 s"),
        (185, "3 min 5 s"),
        (7260, "2 h 1 min"),
    ],
)
def test_what_was_measured_has_about_two_digits(seconds: float, shown: str) -> None:
    assert measured(seconds) == shown
