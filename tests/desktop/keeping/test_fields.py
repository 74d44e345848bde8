"""Reading what an earlier run has written."""

import pytest

from desktop.keeping.fields import Fields
from desktop.theme.theme import Choice

STORED = {
    "name": "a",
    "on": True,
    "size": 12,
    "sizes": [1, 2],
    "names": ["a", "b"],
    "theme": "light",
    "inner": {"one": {"x": 1}, "two": 3},
}


def test_fields_of_the_right_kind_are_read() -> None:
    fields = Fields(STORED)
    assert fields.text("name") == "a"
    assert fields.flag("on", False)
    assert fields.number("size", 0, range(20)) == 12
    assert fields.numbers("sizes", range(20)) == (1, 2)
    assert fields.texts("names", ()) == ("a", "b")
    assert fields.word("theme", Choice.DARK) is Choice.LIGHT
    assert [
        (name, each.number("x", 0, range(9))) for name, each in fields.inner("inner").each()
    ] == [("one", 1)]


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        "x",
        dict.fromkeys(STORED, 5.5),
        {"size": True, "sizes": [1, "x"], "theme": "pink"},
        {"size": 99, "sizes": [1, 99]},
    ],
)
def test_what_is_missing_or_of_another_kind_has_its_default(stored: object) -> None:
    fields = Fields(stored)
    assert fields.text("name", "d") == "d"
    assert fields.flag("on", True)
    assert fields.number("size", 7, range(20)) == 7
    assert fields.numbers("sizes", range(20)) == ()
    assert fields.texts("names", ("d",)) == ("d",)
    assert fields.word("theme", Choice.DARK) is Choice.DARK
    assert not fields.inner("inner")
    assert list(fields.inner("inner").each()) == []
