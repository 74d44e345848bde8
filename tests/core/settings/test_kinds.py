from typing import Any

import pytest

from core.secret import Secret
from core.settings.kinds import BROKER, COUNT, FLAG, SECONDS, VARIABLES, Kind, choice, text, texts

TEXT, TEXTS, COLOUR = text("text"), texts("texts"), choice(("red", "blue"))


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (TEXT, " a ", "a"),
        (TEXTS, ["a", " b"], ("a", "b")),
        (TEXTS, "a, b", ("a", "b")),
        (TEXTS, [], ()),
        (COLOUR, " RED", "red"),
        (COUNT, 64, 64),
        (SECONDS, 1, 1.0),
        (SECONDS, 0.5, 0.5),
        (FLAG, False, False),
        (BROKER, " builtin ", Secret("builtin")),
        (BROKER, "redis://h", Secret("redis://h")),
        (VARIABLES, {"A": "1", "_b2": ""}, {"A": "1", "_b2": ""}),
        (VARIABLES, {}, {}),
    ],
)
def test_a_good_value_is_kept_in_one_form(kind: Kind, value: object, kept: object) -> None:
    assert kind.check(value) == kept


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *[(TEXT, " "), (TEXT, 1), (TEXTS, ""), (TEXTS, ["a", " "]), (TEXTS, {"a": 1})],
        *[(COLOUR, "green"), (COUNT, 0), (COUNT, 65), (COUNT, True), (COUNT, 1.0)],
        *[(SECONDS, -1), (SECONDS, 86400), (SECONDS, True), (FLAG, 1), (BROKER, "host")],
        *[(VARIABLES, {"A": 1}), (VARIABLES, {"A B": "1"}), (VARIABLES, {"A": "\0"})],
        (VARIABLES, "A=1"),
    ],
)
def test_a_value_of_another_kind_is_none(kind: Kind, value: object) -> None:
    assert kind.check(value) is None


@pytest.mark.parametrize(
    ("kind", "variable", "kept"),
    [
        (COUNT, " 3 ", 3),
        (COUNT, "three", None),
        (COUNT, "3.5", None),
        (SECONDS, "1.5", 1.5),
        (SECONDS, "soon", None),
        (FLAG, "1", True),
        (FLAG, "Off", False),
        (FLAG, "perhaps", None),
        (TEXTS, "a,b", ("a", "b")),
    ],
)
def test_the_text_of_a_variable_is_read_as_its_kind(kind: Kind, variable: str, kept: Any) -> None:
    assert kind.check(kind.read(variable)) == kept
