"""Numbers as they are read."""

from desktop.widgets.grouped import grouped


def test_thousands_are_set_apart_by_a_space_at_which_no_line_ends() -> None:
    assert [grouped(number) for number in (7, 999, 1284, 3_918_000)] == [
        *("7", "999", "1\u202f284", "3\u202f918\u202f000")
    ]
