"""Foreign JSON, in which anything may stand anywhere."""

from datetime import UTC, datetime

import pytest

from core.render.api.lenient import flag, moment, number, table, tables, text, whole

ODD = (None, 1, "x", [], {}, True, [1], {"a": 1})


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_what_is_of_another_type_counts_as_not_there(odd: object) -> None:
    of = {"a": odd}
    assert isinstance(text(of, "a"), str)
    assert text(of, "a", "b", "c") == ""
    assert moment(of, "a") is None
    assert (number(of, "a") is None) == (odd != 1 or odd is True)
    assert isinstance(tables(odd), tuple)
    assert isinstance(table(odd), dict)


def test_what_is_there_is_read() -> None:
    of = {"a": {"b": "c", "n": 2.5, "w": 3, "yes": "yes", "t": True, "no": "no"}}
    assert text(of, "a", "b") == "c"
    assert (number(of, "a", "n"), whole(of, "a", "w")) == (2.5, 3)
    assert [flag(of, "a", name) for name in ("yes", "t", "no", "b")] == [True, True, False, False]
    assert tables([1, {"a": 2}, None]) == ({"a": 2},)


def test_times_have_a_zone_or_are_none() -> None:
    at = datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert moment({"t": "2026-11-01T10:00:00Z"}, "t") == at
    assert moment({"t": "2026-11-01T11:00:00+01:00"}, "t") == at
    assert moment({"t": "2026-11-01T10:00:00"}, "t") is None
    assert moment({"t": "yesterday"}, "t") is None
