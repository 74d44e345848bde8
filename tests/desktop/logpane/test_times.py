"""Times as people choose them."""

from datetime import datetime, timedelta

import pytest

from desktop.logpane.row import Kind, plain_row
from desktop.logpane.times import TimeFormat, note_text

AT = datetime(2026, 11, 25, 21, 42, 51, 83_000)


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (TimeFormat.TIME, "21:42:51"),
        (TimeFormat.MILLISECONDS, "21:42:51.083"),
        (TimeFormat.RELATIVE, "   +1.500"),
        (TimeFormat.NONE, ""),
    ],
)
def test_a_time_is_as_wide_as_its_format_says(choice: TimeFormat, text: str) -> None:
    assert choice.text(AT, AT - timedelta(seconds=1.5)) == text
    assert len(text) == choice.width


def test_long_pauses_are_told_in_hours() -> None:
    assert TimeFormat.RELATIVE.text(AT, AT - timedelta(hours=2)) == "   +2.0 h"


def test_nothing_is_told_where_nothing_is_known() -> None:
    assert TimeFormat.TIME.text(None, AT) == ""
    assert TimeFormat.RELATIVE.text(AT, None) == ""


def test_a_note_has_its_time_before_it() -> None:
    assert note_text(plain_row(Kind.NOTE, "stop asked", AT)) == "21:42:51  stop asked"
    assert note_text(plain_row(Kind.NOTE, "stop asked")) == "stop asked"
