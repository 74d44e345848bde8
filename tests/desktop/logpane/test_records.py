"""Tracebacks are one record."""

from desktop.logpane.records import MOST, Records
from desktop.logpane.source import StoreSource
from tests.support.logs import failed, printed, store_of


def records_of(*texts: str) -> Records:
    return Records(StoreSource(store_of(*texts)))


def test_a_traceback_belongs_to_the_line_above_it() -> None:
    records = records_of(printed("a"), failed(), printed("b"))
    assert [records.start(line) for line in range(9)] == [0, *[1] * 7, 8]
    assert [records.end(line) for line in range(9)] == [1, *[8] * 7, 9]


def test_folded_it_shows_its_innermost_place_and_its_last_line() -> None:
    records = records_of(failed(), printed("b"))
    assert records.foldable(0)
    assert records.shown(0) == (0, 4, 6)
    records.toggle(0)
    assert records.shown(0) == tuple(range(7))
    records.toggle(0)
    assert records.shown(0) == (0, 4, 6)


def test_what_has_no_place_shows_its_last_line_that_says_something() -> None:
    records = records_of(printed("a"), "  one\n  two\n  three\n  \n", printed("b"))
    assert records.shown(0) == (0, 3)


def test_short_records_are_not_folded() -> None:
    records = records_of(printed("a"), "  one\n  two\n", printed("b"))
    assert not records.foldable(0)
    assert records.shown(0) == (0, 1, 2)


def test_a_record_that_grows_is_read_anew() -> None:
    store = store_of(failed())
    source = StoreSource(store)
    records = Records(source)
    assert records.shown(0) == (0, 4, 6)
    store.append(b'  File "late.py", line 1, in x\nLateError: y\n')
    source.grow()
    assert records.shown(0) == (0, 7, 8)


def test_what_was_remembered_is_forgotten_from_a_line_on() -> None:
    records = records_of(failed(), failed(), printed("b"))
    assert (records.shown(0), records.shown(7)) == ((0, 4, 6), (7, 11, 13))
    records.forget(7)
    assert list(records._shown) == [0]


def test_a_record_without_its_head_begins_with_what_is_held() -> None:
    source = StoreSource(store_of(failed(), printed("b"), max_lines=4))
    records = Records(source)
    assert records.start(6) == source.first == 4


def test_a_record_without_end_is_looked_at_as_far_as_there_is_a_point() -> None:
    records = records_of(printed("a", "ERROR"), "  more\n" * (MOST + 500))
    assert records.start(MOST + 400) == 400
    assert records.end(0) == MOST
