"""Files as they are read for their variables."""

import pytest

from core.render.variables.read import Read, parse


def test_a_default_is_not_shown():
    assert "pw" not in repr(Read(("A", "B"), "a.py", 3, False, "os.getenv", "redis://:pw@h"))


@pytest.mark.parametrize("data", [b"def", b"\x00", b"(" * 5000, b"\xff\xfe"])
def test_what_is_no_python_is_none(data: bytes):
    assert parse("a.py", data) is None


def test_names_are_those_that_were_imported():
    parsed = parse("a.py", b"import os as o\nfrom .b import c as d\nX = 'text'\n")
    assert parsed is not None
    assert (parsed.names["o"], parsed.names["d"]) == ("os", ".b.c")
    assert parsed.constants == {"X": "text"}
