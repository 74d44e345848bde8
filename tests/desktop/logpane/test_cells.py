"""Text on a grid."""

import pytest

from desktop.logpane.cells import cells, column_at, runs, width


def test_wide_characters_take_two_cells_and_combining_ones_none() -> None:
    assert [width(each) for each in ("a", "日", "\u0301", "\u200d", "é")] == [1, 2, 0, 0, 1]
    assert cells("abc") == 3
    assert cells("a日e\u0301") == 4


@pytest.mark.parametrize(("cell", "column"), [(-1, 0), (0.4, 0), (0.6, 1), (2.4, 2), (99, 3)])
def test_the_nearest_column_of_plain_text(cell: float, column: int) -> None:
    assert column_at("abc", cell) == column


@pytest.mark.parametrize(("cell", "column"), [(0.9, 0), (1.1, 1), (2.4, 1), (3.0, 2), (9, 3)])
def test_the_nearest_column_beside_wide_characters(cell: float, column: int) -> None:
    assert column_at("日本x", cell) == column


def test_each_wide_character_is_drawn_where_its_cell_is() -> None:
    assert list(runs("abc")) == [(0, "abc")]
    assert list(runs("a日本b")) == [(0, "a"), (1, "日"), (3, "本"), (5, "b")]
    assert list(runs("e\u0301x")) == [(0, "e\u0301x")]
    assert list(runs("👩\u200d🔧x")) == [(0, "👩\u200d🔧"), (2, "x")]
    assert list(runs("")) == [(0, "")]
