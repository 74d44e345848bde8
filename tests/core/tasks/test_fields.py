"""One field of a JSON message gets its type, or is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from core.tasks import fields


@pytest.mark.parametrize(
    ("read", "value", "got"),
    [
        (fields.number, 1, 1.0),
        (fields.number, -2.5, -2.5),
        (fields.number_or_none, None, None),
        (fields.number_or_none, 2, 2.0),
        (fields.integer, 3, 3),
        (fields.integer_or_none, None, None),
        (fields.integer_or_none, 4, 4),
        (fields.whole, "é", "é"),
        (fields.name, None, ""),
        (fields.name, "shop.add", "shop.add"),
        (fields.text, "short", "short"),
        (fields.text_or_none, None, None),
        (fields.text_or_none, "a", "a"),
        (fields.texts, ["a", "b"], ("a", "b")),
        (fields.flag, True, True),
        (fields.mapping, None, {}),
        (fields.mapping, {"a": 1}, {"a": 1}),
        (fields.moment, None, None),
        (fields.moment, "2026-01-01T00:00:00", "2026-01-01T00:00:00"),
        (fields.moment, 180, "in 180 s"),
        (fields.tag, None, None),
        (fields.tag, "t", "t"),
        (fields.tag, 12, 12),
        (fields.settlement, "lost", "lost"),
    ],
)
def test_a_field_of_its_type_is_read(
    read: Callable[[dict[str, Any], str], object], value: object, got: object
):
    assert read({"key": value}, "key") == got


@pytest.mark.parametrize(
    ("read", "value", "wanted"),
    [
        (fields.number, "1", "'1', not a number"),
        (fields.number, True, "True, not a number"),
        (fields.number, float("inf"), "inf, not a number"),
        (fields.number, 10**18, "1000000000000000000, not a number"),
        (fields.integer, 1.0, "1.0, not an integer"),
        (fields.integer, False, "False, not an integer"),
        (fields.integer, -(10**18), "-1000000000000000000, not an integer"),
        (fields.whole, None, "None, not a text"),
        (fields.texts, "ab", "'ab', not a list of texts"),
        (fields.texts, ["a", 1], "1, not a text"),
        (fields.flag, 1, "1, not true or false"),
        (fields.mapping, [], "[], not an object"),
        (fields.moment, [], "[], not a text"),
        (fields.tag, True, "True, not a delivery tag"),
        (fields.settlement, "gone", "'gone', not failed, requeued, succeeded or lost"),
        (fields.settlement, [], "[], not failed, requeued, succeeded or lost"),
    ],
)
def test_a_field_of_another_type_is_refused_with_what_was_found(
    read: Callable[[dict[str, Any], str], object], value: object, wanted: str
):
    with pytest.raises(ValueError) as refused:
        read({"key": value}, "key")
    assert str(refused.value) == f"key is {wanted}"


def test_a_missing_field_is_named():
    with pytest.raises(ValueError, match=r"^key is missing, not a text$"):
        fields.whole({}, "key")


def test_a_missing_flag_is_false():
    assert fields.flag({}, "ignored") is False


def test_a_long_text_is_cut_and_marked_but_an_id_never():
    message = {"key": "x" * 5000}
    assert fields.text(message, "key") == "x" * 2047 + "…"
    assert fields.whole(message, "key") == "x" * 5000


def test_a_text_that_no_terminal_could_print_is_made_printable():
    assert fields.text({"key": "a\ud800b"}, "key") == "a?b"


def test_a_list_of_objects_is_taken_as_it_is_and_nothing_else() -> None:
    assert fields.objects({"now": [{"id": "a"}, {}]}, "now") == ({"id": "a"}, {})
    for wrong in ({}, {"now": {"id": "a"}}, {"now": ["a"]}):
        with pytest.raises(ValueError, match="now is"):
            fields.objects(wrong, "now")
