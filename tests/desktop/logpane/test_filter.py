"""Which records are shown."""

import pytest

from core.logs.level import Level
from desktop.logpane.filter import SLICE, Filter, Matches, pattern
from desktop.logpane.merged import MergedSource
from desktop.logpane.source import StoreSource
from tests.support.logs import failed, numbered, printed, store_of


def matches(chosen: Filter, *texts: str) -> list[int]:
    found = Matches(StoreSource(store_of(*texts)), chosen)
    while not found.done:
        found.go_on()
    return found.starts


LOG = (printed("Alpha"), printed("beta", "WARNING"), failed(), printed("alpha beta", "DEBUG"))


@pytest.mark.parametrize(
    ("chosen", "starts"),
    [
        (Filter("alpha"), [0, 9]),
        (Filter("alpha", exclude="BETA"), [0]),
        (Filter("^(alpha|beta)$", regex=True), [0, 1]),
        (Filter(levels=frozenset({Level.ERROR, Level.WARNING})), [1, 2]),
        (Filter("a.c"), []),
        (Filter(exclude="^alpha", regex=True), [1, 2]),
        (Filter("INFO"), []),
    ],
)
def test_records_pass_by_text_and_level(chosen: Filter, starts: list[int]) -> None:
    assert matches(chosen, *LOG) == starts


def test_a_record_passes_when_its_traceback_has_the_text() -> None:
    assert matches(Filter("keyerror: 'sku'"), *LOG) == [2]
    assert matches(Filter(exclude="trace_task"), *LOG) == [0, 1, 9]


def test_a_wrong_expression_is_told() -> None:
    assert Filter("(", regex=True).error
    assert Filter(exclude="(", regex=True).error
    assert not Filter("(").error


def test_a_filter_without_wishes_shows_all() -> None:
    assert Filter().shows_all
    assert not Filter("x").shows_all
    assert not Filter(levels=frozenset({Level.INFO})).shows_all


def test_a_long_log_is_tried_slice_by_slice() -> None:
    found = Matches(StoreSource(store_of(numbered(0, SLICE * 2 + 10))), Filter("line 7"))
    found.go_on()
    assert not found.done
    found.go_on()
    found.go_on()
    assert found.done
    assert len(found.starts) == sum(str(n).startswith("7") for n in range(SLICE * 2 + 10))


def test_a_record_over_the_border_of_two_slices_is_one() -> None:
    texts = (numbered(0, SLICE - 2), failed())
    assert matches(Filter("KeyError: 'sku'"), *texts) == [SLICE - 2]


def test_what_grew_is_tried_again_and_what_is_gone_is_forgotten() -> None:
    store = store_of(failed(), max_lines=10)
    source = StoreSource(store)
    found = Matches(source, Filter(exclude="late"))
    found.go_on()
    assert found.starts == [0]
    store.append(b"  late\n")
    source.grow()
    found.changed(0, source.first)
    found.go_on()
    assert found.starts == []
    store.append(numbered(0, 20).encode())
    source.grow()
    found.changed(0, source.first)
    found.go_on()
    assert found.starts == list(range(18, 28))


@pytest.mark.parametrize(
    ("text", "options", "message", "spans"),
    [
        ("a.c", {}, "abc", 0),
        ("A.c", {"regex": True}, "abc abc", 2),
        ("A", {"case": True}, "a", 0),
        ("a", {"word": True}, "ab a", 1),
        ("a.c", {"word": True}, "abc a.c", 1),
        ("a|b", {"word": True, "regex": True}, "xa b", 1),
    ],
)
def test_patterns(text: str, options: dict[str, bool], message: str, spans: int) -> None:
    regex = options.get("regex", False)
    rest = {name: on for name, on in options.items() if name != "regex"}
    assert len(pattern(text, regex, **rest).spans(message)) == spans


def test_a_pattern_that_would_take_python_for_ever_is_tried_at_once() -> None:
    text = printed("a" * 5000 + "b")
    assert matches(Filter("^(a+)+$", regex=True), text) == []


def test_a_record_has_to_pass_all_filters() -> None:
    found = Matches(StoreSource(store_of(*LOG)), Filter("alpha"), Filter("beta", regex=True))
    found.go_on()
    assert found.starts == [9]
    found = Matches(
        StoreSource(store_of(*LOG)), Filter(levels=frozenset({Level.INFO})), Filter(exclude="beta")
    )
    found.go_on()
    assert found.starts == [0]


def test_workers_are_hidden_by_their_index() -> None:
    stores = [store_of(printed("a", at="21:00:01,000")), store_of(printed("b", at="21:00:02,000"))]
    found = Matches(MergedSource(stores, ["w1", "w2"]), Filter(without=frozenset({0})))
    found.go_on()
    assert found.starts == [1]
