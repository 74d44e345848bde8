"""A few letters find what was meant."""

import pytest

from desktop.commands.fuzzy import search

TASKS = (
    "cart.reprice_pending",
    "email.send_welcome",
    "images.thumbnail",
    "reports.render",
    "reports.render_all",
    "stock.recount",
)


def found(query: str) -> list[str]:
    return [match.item for match in search(query, TASKS, str)]


def test_letters_are_found_in_their_order_the_best_first() -> None:
    assert found("reprend") == ["reports.render", "reports.render_all", "cart.reprice_pending"]
    assert found("thumb") == ["images.thumbnail"]


def test_beginnings_of_words_count_more() -> None:
    assert found("sr")[0] == "stock.recount"
    assert found("esw") == ["email.send_welcome"]


def test_case_and_spaces_do_not_count() -> None:
    assert found("  REND all") == ["reports.render_all"]


def test_what_has_not_all_letters_is_not_found() -> None:
    assert found("xyz") == []
    assert found("rendered") == []


def test_nothing_typed_finds_all_in_their_own_order() -> None:
    assert found("") == list(TASKS)


@pytest.mark.parametrize("query", ["reprend", "esw", "thumb", "count", "all"])
def test_the_places_are_the_letters_of_the_query(query: str) -> None:
    for match in search(query, TASKS, str):
        assert "".join(match.item[place] for place in match.places) == query
        assert list(match.places) == sorted(set(match.places))


def test_letters_in_a_row_are_better_than_letters_apart() -> None:
    assert next(match.item for match in search("ab", ("xaxb", "xxab"), str)) == "xxab"


def test_a_letter_that_leads_nowhere_hides_nothing() -> None:
    """The e of celery, then the 4 that begins a part of the id: no 7 comes after those."""
    label = "celery_queue.tasks.add e47308fe-3fad-4c2f-a9b2-b4c156dcbbe8"
    (match,) = search("e47308fe-3fad-4c2f-a9b2-b4c156dcbbe8", [label], str)
    assert match.places == tuple(range(23, len(label)))
    assert [match.item for match in search("ab", ("a b a",), str)] == ["a b a"]
