"""From a parameter to a field, from its text to a value and back."""

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.send.fields import EMPTY_HINT, Field, Kind, field_value, fields_of, value_text


def field(annotation: str = "", default: str | None = None, **more: Any) -> Field:
    """The one field of a task that takes `x`."""
    param: dict[str, object] = {"name": "x", "kind": "positional_or_keyword", **more}
    if annotation:
        param["annotation"] = annotation
    if default is not None:
        param["default"] = default
    doc = "Do it.\n\nArgs:\n    said: It is said."
    (made,) = fields_of({"params": [param], "doc": doc}) or ()
    return made


@pytest.mark.parametrize(
    ("annotation", "default", "kind", "nullable"),
    [
        ("int", None, Kind.INTEGER, False),
        ("float", "0.5", Kind.NUMBER, False),
        ("str", "''", Kind.TEXT, False),
        ("bool", "False", Kind.SWITCH, False),
        ("bool", None, Kind.SWITCH, False),
        ("bool", "None", Kind.CHOICE, False),
        ("bool | None", "None", Kind.CHOICE, True),
        ("Optional[int]", "None", Kind.INTEGER, True),
        ("datetime.datetime | None", "None", Kind.TEXT, True),
        ("UUID", None, Kind.TEXT, False),
        ("Decimal", None, Kind.JSON, False),
        ("list[str]", None, Kind.JSON, False),
        ("int | str", None, Kind.JSON, False),
        ("", "'a'", Kind.TEXT, False),
        ("", "-3", Kind.INTEGER, False),
        ("", "1.5", Kind.NUMBER, False),
        ("", "True", Kind.SWITCH, False),
        ("", "None", Kind.JSON, False),
        ("", None, Kind.JSON, False),
    ],
)
def test_the_annotation_or_else_the_default_says_what_one_types(
    annotation: str, default: str | None, kind: Kind, nullable: bool
) -> None:
    made = field(annotation, default)
    assert (made.kind, made.nullable) == (kind, nullable)
    assert made.required is (default is None)


def test_choices_become_a_choice() -> None:
    made = field("Literal['a', 'b']", "'a'", choices=["a", "b"])
    assert (made.kind, made.choices, made.annotation) == (Kind.CHOICE, ('"a"', '"b"'), "Literal")
    assert made.hint == "a or b; default a"


def test_a_hint_says_what_the_docstring_says_of_the_argument() -> None:
    assert field("int", name="said").hint == "It is said"
    assert field("bool", "False", name="said").hint == "It is said; default False"
    assert field("bool", "False").hint == "Default False"
    assert field("int", "3").hint == EMPTY_HINT
    assert field("int").hint == ""


def test_many_are_marked_and_never_needed() -> None:
    args, kwargs = field(kind="var_positional"), field("int", kind="var_keyword")
    assert (args.shown_name, kwargs.shown_name) == ("*x", "**x")
    assert (args.kind, kwargs.kind) == (Kind.JSON, Kind.JSON)
    assert not args.required
    for each, text in ((args, "{}"), (kwargs, "[]")):
        with pytest.raises(ValueError, match="Write a"):
            field_value(each, text)


def test_a_task_without_a_known_signature_has_no_fields() -> None:
    assert fields_of({"params": None, "doc": ""}) is None


@pytest.mark.parametrize(
    ("made", "text", "value"),
    [
        (field("int"), "2214", 2214),
        (field("float"), "0.5", 0.5),
        (field("float"), "2", 2.0),
        (field("str"), "Grüße", "Grüße"),
        (field("str"), '""', ""),
        (field("str"), '"quoted"', "quoted"),
        (field("str"), '"open', '"open'),
        (field("str"), '"a" or "b"', '"a" or "b"'),
        (field("str"), "null", "null"),
        (field("str | None"), "null", None),
        (field("str | None"), '"null"', "null"),
        (field("list[str]"), '["eu"]', ["eu"]),
        (field("bool"), "true", True),
        (field("datetime | None", "None"), '"2026-11-25"', "2026-11-25"),
        (field("datetime | None", "None"), "2026-11-25", "2026-11-25"),
        (field("datetime | None", "None"), "null", None),
    ],
)
def test_a_text_is_a_value(made: Field, text: str, value: object) -> None:
    got = field_value(made, text)
    assert (got, type(got)) == (value, type(value))
    again = value_text(made, value)
    assert again is not None
    assert field_value(made, again) == value


@pytest.mark.parametrize(
    ("made", "text", "said"),
    [
        (field("int"), "1.5", "a whole number"),
        (field("float"), "x", "a number"),
        (field("float"), "inf", "no such number"),
        (field("list"), "[1,]", "a comma before ] at column 4"),
    ],
)
def test_what_is_wrong_is_said(made: Field, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        field_value(made, text)


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (field("int"), "5"),
        (field("int"), True),
        (field("float"), "x"),
        (field("str"), 5),
        (field("str"), "two\nlines"),
        (field("int"), None),
        (field("", None, choices=["a"]), "b"),
    ],
)
def test_a_value_that_a_field_cannot_show_has_no_text(made: Field, value: object) -> None:
    assert value_text(made, value) is None


def test_params_keep_their_order() -> None:
    params: list[Mapping[str, object]] = [
        {"name": name, "kind": "keyword_only"} for name in ("b", "a")
    ]
    assert [each.name for each in fields_of({"params": params, "doc": ""}) or ()] == ["b", "a"]
