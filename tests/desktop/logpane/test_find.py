"""Finding text."""

import pytest

from desktop.logpane.document import Document
from desktop.logpane.filter import Filter
from desktop.logpane.find import SLICE, Find, Query
from desktop.logpane.source import StoreSource
from tests.support.logs import ID, failed, numbered, printed, store_of


def find(query: Query, *texts: str, max_lines: int = 200_000) -> Find:
    found = Find(Document(StoreSource(store_of(*texts, max_lines=max_lines))))
    found.look_for(query)
    while found.go_on():
        pass
    return found


LOG = (printed("cart Cart"), printed("carts"), failed())


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        (Query("cart"), [0, 0, 1]),
        (Query("cart", case=True), [0, 1]),
        (Query("cart", word=True), [0, 0]),
        (Query("carts?$", regex=True), [0, 1]),
        (Query("KeyError"), [2, 8]),
        (Query("MainProcess"), []),
        (Query(""), []),
        (Query("(", regex=True), []),
        (Query("x*", regex=True), [2]),
    ],
)
def test_every_hit_is_known_by_its_place(query: Query, hits: list[int]) -> None:
    assert find(query, *LOG).hits == hits


def test_next_and_previous_go_round() -> None:
    found = find(Query("cart"), *LOG)
    assert found.account() == "3"
    assert [found.step(False, 0) for _ in range(4)] == [0, 0, 1, 0]
    assert found.account() == "1 of 3"
    assert found.step(True, 0) == 1
    assert found.account() == "3 of 3"


def test_the_first_step_goes_to_what_is_near() -> None:
    assert find(Query("line"), numbered(0, 50)).step(False, 30) == 30
    assert find(Query("line"), numbered(0, 50)).step(True, 30) == 29


def test_where_nothing_is_found_that_is_told() -> None:
    found = find(Query("nowhere"), *LOG)
    assert (found.step(False, 0), found.account()) == (None, "no hits")
    assert "unterminated" in find(Query("(", regex=True), *LOG).account()
    assert find(Query(""), *LOG).account() == ""


def test_a_long_log_is_searched_in_slices() -> None:
    found = Find(Document(StoreSource(store_of(numbered(0, SLICE + 10)))))
    found.look_for(Query("never"))
    assert found.go_on()
    assert (found.account(), found.searched) == ("searching", SLICE)
    assert not found.go_on()
    assert found.done


def test_lines_that_a_filter_hides_are_not_found() -> None:
    document = Document(StoreSource(store_of(*LOG)))
    document.show_only(Filter("carts"))
    document.go_on()
    found = Find(document)
    found.look_for(Query("cart"))
    found.go_on()
    assert found.hits == [1]


def test_what_comes_is_searched_and_what_is_gone_is_forgotten() -> None:
    store = store_of(numbered(0, 10), max_lines=10)
    document = Document(StoreSource(store))
    found = Find(document)
    found.look_for(Query("line"))
    found.go_on()
    found.step(False, 4)
    store.append(numbered(10, 13).encode())
    found.changed(document.grow())
    found.go_on()
    assert found.hits == list(range(3, 13))
    assert found.account() == "2 of 10"
    store.append(numbered(13, 30).encode())
    found.changed(document.grow())
    assert found.current is None


def test_a_hit_in_an_id_is_shown_on_what_is_shown_of_it() -> None:
    document = Document(StoreSource(store_of(printed(f"Task a[{ID}] received"))))
    document.shorten_ids(4)
    found = Find(document)
    found.look_for(Query(ID[:8]))
    found.go_on()
    (row,) = document.rows(0)
    assert found.spans(row) == [(7, 11)]
    found.step(False, 0)
    assert found.current_span(0) == 0
    assert found.current_span(1) is None
