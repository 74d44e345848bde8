"""Numbers in code."""

import ast

import pytest

from core.project.literal import literal_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60", 60.0),
        ("0.5", 0.5),
        ("2 * 60 * 60", 7200.0),
        ("60 + 60", None),
        ("2 * MINUTE", None),
        ("True", None),
        ("'60'", None),
    ],
)
def test_a_number_is_written_or_a_product_of_such(text: str, expected: float | None) -> None:
    assert literal_number(ast.parse(text, mode="eval").body) == expected
