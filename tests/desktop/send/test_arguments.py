"""One call, three ways to write it."""

from collections.abc import Mapping

import pytest

from desktop.send.arguments import MISSING, as_json, fill, read_args, read_kwargs, spread
from desktop.send.fields import Field, fields_of


def fields(*params: str) -> tuple[Field, ...]:
    """Written as in a signature: `a`, `b=1`, `/a` by place only, `*args`, `**kwargs`, `!k`."""
    made: list[Mapping[str, object]] = []
    for param in params:
        name, _, default = param.partition("=")
        kind = {
            "/": "positional_only",
            "!": "keyword_only",
        }.get(name[0], "positional_or_keyword")
        if name.startswith("*"):
            kind = "var_keyword" if name.startswith("**") else "var_positional"
        told = {"name": name.strip("/!*"), "kind": kind}
        made.append(told | ({"default": default} if default else {}))
    return fields_of({"params": made, "doc": ""}) or ()


def test_arguments_go_by_name_and_empty_ones_not_at_all() -> None:
    filled = fill(fields("x", "y=2", "!z='a'"), {"x": "1", "y": " ", "z": "b"})
    assert (filled.args, filled.kwargs, filled.faults) == ((), {"x": 1, "z": "b"}, {})


def test_what_has_no_name_goes_by_place() -> None:
    filled = fill(fields("/a", "b=1", "**more"), {"a": "1", "b": "2", "more": '{"c": 3}'})
    assert (filled.args, filled.kwargs) == ((1,), {"b": 2, "c": 3})


def test_all_before_more_by_place_go_by_place_too() -> None:
    filled = fill(
        fields("a", "b=1", "*more", "!k=0"), {"a": "1", "b": "2", "more": "[3]", "k": "4"}
    )
    assert (filled.args, filled.kwargs) == ((1, 2, 3), {"k": 4})


@pytest.mark.parametrize(
    ("made", "texts", "faults"),
    [
        (fields("x"), {}, {"x": MISSING}),
        (fields("/a=1", "/b=2"), {"b": "3"}, {"a": "since b after it goes by its place"}),
        (fields("a=1", "*more"), {"more": "[1]"}, {"a": "since more go by their place"}),
        (fields("a=1", "**more"), {"a": "2", "more": '{"a": 3}'}, {"more": "a field of its own"}),
        (fields("a=1"), {"a": "x"}, {"a": "a whole number"}),
    ],
)
def test_a_fault_is_told_of_its_field(
    made: tuple[Field, ...], texts: Mapping[str, str], faults: Mapping[str, str]
) -> None:
    found = fill(made, texts).faults
    assert list(found) == list(faults)
    assert all(said in found[name] for name, said in faults.items())


@pytest.mark.parametrize(
    ("made", "texts"),
    [
        (fields("x", "y=2"), {"x": "1"}),
        (fields("/a", "b='x'"), {"a": "[1]", "b": "t"}),
        (fields("a", "*more", "**named"), {"a": "1", "more": "[2, 3]", "named": '{"c": 4}'}),
    ],
)
def test_a_call_comes_back_as_the_same_texts(
    made: tuple[Field, ...], texts: dict[str, str]
) -> None:
    filled = fill(made, texts)
    assert spread(made, filled.args, filled.kwargs) == texts
    args, kwargs = as_json(made, texts)
    assert (read_args(args), read_kwargs(kwargs)) == (filled.args, filled.kwargs)


def test_arguments_by_place_get_their_names() -> None:
    assert spread(fields("x", "y=2"), (1, 3), {}) == {"x": "1", "y": "3"}


def test_a_call_that_the_form_has_no_place_for_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for this"):
        spread(fields("x"), (), {"unheard": 1})
    with pytest.raises(ValueError, match="cannot show y"):
        spread(fields("y=2"), (), {"y": "text"})


def test_json_keeps_what_is_wrong_as_it_was_typed() -> None:
    args, kwargs = as_json(fields("x", "regions=()"), {"x": "1", "regions": '["eu",]'})
    assert (args, kwargs) == ("[]", '{\n  "x": 1,\n  "regions": ["eu",]\n}')
    with pytest.raises(ValueError, match=r"a comma before \] at line 3, column 20"):
        read_kwargs(kwargs)


def test_nothing_is_no_arguments() -> None:
    assert (read_args(" "), read_kwargs("")) == ((), {})
    assert as_json((), {}) == ("[]", "{}")


def test_args_and_kwargs_have_their_shapes() -> None:
    with pytest.raises(ValueError, match="args are a list"):
        read_args("{}")
    with pytest.raises(ValueError, match="kwargs are an object"):
        read_kwargs("[]")
