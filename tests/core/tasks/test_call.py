"""A task that somebody wants to send, checked before it leaves."""

from collections.abc import Callable
from typing import Any

import pytest

from core.errors import USAGE, FleetError
from core.tasks.call import (
    MAX_COUNT,
    MAX_DELAY_S,
    TaskCall,
    check_against,
    parse_args,
    parse_kwargs,
    signature_of,
)

ADD = {
    "name": "shop.add",
    "bound": True,
    "params": [
        {"name": "x", "kind": "positional_or_keyword", "annotation": "int"},
        {"name": "y", "kind": "positional_or_keyword", "default": "2"},
        {"name": "note", "kind": "keyword_only", "default": "''", "annotation": "str"},
    ],
}
ANYTHING = {
    "name": "shop.log",
    "params": [
        {"name": "first", "kind": "positional_only"},
        {"name": "rest", "kind": "var_positional"},
        {"name": "more", "kind": "var_keyword"},
    ],
}


def refused(call: Callable[[], object]) -> FleetError:
    with pytest.raises(FleetError) as caught:
        call()
    assert caught.value.exit_code == USAGE
    return caught.value


def test_a_call_needs_a_name_only():
    call = TaskCall("shop.add")
    assert (call.args, call.kwargs, call.count, call.queue) == ((), {}, 1, None)


@pytest.mark.parametrize(
    "given",
    [
        {"count": 1},
        {"count": MAX_COUNT},
        {"priority": 0},
        {"priority": 255},
        {"countdown_s": MAX_DELAY_S},
    ],
)
def test_the_limits_themselves_are_allowed(given: dict[str, Any]):
    assert TaskCall("shop.add", **given)


@pytest.mark.parametrize(
    ("given", "why", "fix"),
    [
        ({"count": 0}, "its count is 0", "1 to 100000"),
        ({"count": MAX_COUNT + 1}, "its count is 100001", "1 to 100000"),
        ({"priority": -1}, "its priority is -1", "0 is the highest"),
        ({"priority": 256}, "its priority is 256", "0 is the highest"),
        ({"countdown_s": -0.5}, "its countdown is -0.5 s", "0 to"),
        ({"countdown_s": float("nan")}, "its countdown is nan s", "0 to"),
        ({"expires_s": float("inf")}, "its expiry is inf s", "0 to"),
    ],
)
def test_what_no_broker_would_take_is_refused(given: dict[str, Any], why: str, fix: str):
    error = refused(lambda: TaskCall("shop.add", **given))
    assert (error.what, error.why) == ("shop.add is not sent", why)
    assert fix in error.fix


def test_a_call_without_a_name_is_refused():
    assert refused(lambda: TaskCall("")).what == "The task is not sent"


# --- Against the signature ---


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [([1], {}), ([1, 2], {}), ([], {"x": 1, "y": 2}), ([1], {"note": "a"})],
)
def test_arguments_that_fit_the_signature_pass(args: list[object], kwargs: dict[str, object]):
    assert check_against(TaskCall("shop.add", args, kwargs), ADD) is None


@pytest.mark.parametrize(
    ("args", "kwargs", "why"),
    [
        ([], {}, "missing a required argument: 'x'"),
        ([1, 2, 3], {}, "too many positional arguments"),
        ([1], {"z": 1}, "got an unexpected keyword argument 'z'"),
        ([1], {"x": 1}, "multiple values for argument 'x'"),
    ],
)
def test_arguments_that_do_not_fit_are_named_beside_the_signature(
    args: list[object], kwargs: dict[str, object], why: str
):
    error = check_against(TaskCall("shop.add", args, kwargs), ADD)
    assert error is not None
    assert (error.why, error.exit_code) == (why, USAGE)
    assert error.fix == "it is called as shop.add(x: int, y=2, *, note: str = '')"


def test_a_task_that_takes_everything_takes_everything():
    call = TaskCall("shop.log", [1, 2, 3], {"a": 1, "first": 2})
    assert check_against(call, ANYTHING) is None


def test_a_task_whose_signature_is_not_known_takes_everything():
    assert check_against(TaskCall("shop.c", [1], {"a": 1}), {"params": None}) is None


# --- JSON ---


def test_arguments_are_read_from_json():
    assert parse_args('[1, "two", null]') == [1, "two", None]
    assert parse_kwargs('{"x": [1.5, true]}') == {"x": [1.5, True]}


def test_wrong_json_is_shown_with_a_caret_under_the_fault():
    error = refused(lambda: parse_args("[1,\n\t2 3]"))
    assert error.why == "line 2, column 4: Expecting ',' delimiter\n     2 3]\n       ^"
    assert error.fix == "write --args '[1, \"two\"]'"


def test_a_long_line_is_cut_around_the_fault():
    error = refused(lambda: parse_args("[" + "1, " * 100 + "x" + ", 1" * 100 + "]"))
    _, excerpt, caret = error.why.splitlines()
    assert len(excerpt) == 4 + 40 + 30
    assert excerpt[len(caret) - 1] == "x"


@pytest.mark.parametrize("text", ["", "[1,\n", "\n\n"])
def test_json_that_ends_too_early_is_shown_too(text: str):
    assert refused(lambda: parse_args(text)).why.endswith("^")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"x": 1}', "an object"),
        ('"ab"', "a text"),
        ("12", "a number"),
        ("null", "null"),
        ("true", "true"),
    ],
)
def test_args_that_are_no_list_are_refused(text: str, found: str):
    assert refused(lambda: parse_args(text)).why == f"they are {found}, not a list"


def test_kwargs_that_are_no_object_are_refused():
    error = refused(lambda: parse_kwargs("[1]"))
    assert error.why == "they are a list, not an object"
    assert error.fix == "write --kwargs '{\"x\": 1}'"


@pytest.mark.parametrize("text", ["[NaN]", "[" * 100_000, "[" + "1" * 5000 + "]"])
def test_json_that_python_cannot_read_is_refused(text: str):
    assert refused(lambda: parse_args(text)).why


def test_quotes_that_cmd_left_in_are_explained():
    assert "cmd.exe keeps single quotes" in refused(lambda: parse_args("'[1, 2]'")).fix


def test_quotes_that_powershell_took_away_are_explained():
    assert "Windows PowerShell takes" in refused(lambda: parse_kwargs("{x: 1}")).fix


@pytest.mark.parametrize(
    ("described", "signature"),
    [
        (ADD, "(x: int, y=2, *, note: str = '')"),
        (ANYTHING, "(first, /, *rest, **more)"),
        ({"params": []}, "()"),
    ],
)
def test_a_signature_reads_as_in_python(described: dict[str, Any], signature: str):
    assert str(signature_of(described)) == signature


def test_a_callable_that_cannot_be_looked_into_has_none():
    assert signature_of({"params": None}) is None
