"""Text in columns."""

import pytest

from core.cli.table import indented, span, table


def test_words_stand_to_the_left_and_numbers_to_the_right() -> None:
    rows = [("name", "n", "where"), ("a", "10", "here"), ("longer", "5", "")]
    assert list(table(rows, words=(0, 2))) == [
        "name     n  where",
        "a       10  here",
        "longer   5",
    ]


def test_a_sentence_stays_on_the_screen() -> None:
    assert list(indented("one two three", columns=14)) == ["    one two", "      three"]
    assert list(indented("x" * 20, columns=14)) == ["    " + "x" * 20]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        *((None, "-"), (0.4, "0 s"), (119.4, "119 s"), (120, "2 min"), (7200, "2 h")),
        (172800, "2 d"),
    ],
)
def test_spans_are_rough(seconds: float | None, text: str) -> None:
    assert span(seconds) == text
