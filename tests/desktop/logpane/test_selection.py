"""Selecting and copying text."""

import pytest

from desktop.logpane.document import Document
from desktop.logpane.filter import Filter
from desktop.logpane.notes import Note
from desktop.logpane.selection import (
    Point,
    Selection,
    everything,
    selected_line,
    selected_text,
    word_at,
)
from desktop.logpane.source import StoreSource
from tests.support.logs import ID, TRACEBACK, failed, printed, store_of


def document_of(*texts: str) -> Document:
    return Document(StoreSource(store_of(*texts)))


def copied(document: Document, start: Point, end: Point, prefix: bool = False) -> list[str]:
    return selected_text(document, Selection(end, start), prefix).split("\n")


def test_part_of_a_row_is_copied_without_anything_before_it() -> None:
    document = document_of(printed("one two three"))
    assert copied(document, Point(0, 0, 4), Point(0, 0, 7), prefix=True) == ["two"]


def test_several_rows_are_copied_with_or_without_time_and_level() -> None:
    document = document_of(printed("one"), printed("two"), printed("three"))
    start, end = Point(0, 0, 1), Point(2, 0, 2)
    assert copied(document, start, end) == ["ne", "two", "th"]
    assert copied(document, start, end, prefix=True) == [
        "ne",
        "[2026-11-25 21:42:49,101: INFO/MainProcess] two",
        "th",
    ]


def test_an_id_is_copied_whole() -> None:
    document = document_of(printed(f"Task a[{ID}] received"))
    assert copied(document, Point(0, 0, 7), Point(0, 0, 10)) == [ID]


def test_folded_lines_are_copied_too() -> None:
    document = document_of(failed(), printed("after"))
    lines = copied(document, Point(0, 0, 0), Point(7, 0, 5))
    assert lines[1:] == [*TRACEBACK.splitlines(), "after"]


def test_lines_that_a_filter_hides_are_not_copied() -> None:
    document = document_of(printed("a1"), printed("b"), printed("a2"), printed("a3"))
    document.show_only(Filter("a"))
    document.go_on()
    assert copied(document, Point(0, 0, 0), Point(3, 0, 2)) == ["a1", "a2", "a3"]


def test_notes_are_copied_where_they_stand() -> None:
    document = document_of(*(printed(text) for text in "abcd"))
    for line in (1, 1, 2, 4):
        document.add_note(Note(line, None, f"note {line}"))
    chosen = everything(document)
    assert chosen
    assert selected_text(document, chosen, prefix=False).split("\n") == [
        *("a", "--- note 1 ---", "--- note 1 ---", "b", "--- note 2 ---", "c", "d"),
        "--- note 4 ---",
    ]


def test_a_note_beside_hidden_lines_is_copied_once() -> None:
    document = document_of(*(printed(text) for text in ("a1", "b", "b", "a2")))
    document.show_only(Filter("a"))
    document.go_on()
    document.add_note(Note(2, None, "note"))
    assert copied(document, Point(0, 0, 0), Point(3, 1, 2)) == ["a1", "--- note ---", "a2"]


def test_there_is_nothing_to_select_in_an_empty_log() -> None:
    assert everything(document_of()) is None


def test_a_selection_knows_its_columns_of_each_row() -> None:
    chosen = Selection(Point(5, 0, 3), Point(2, 1, 4))
    assert chosen.start == Point(2, 1, 4)
    assert chosen.columns(2, 0, 10) == (0, 0)
    assert chosen.columns(2, 1, 10) == (4, 10)
    assert chosen.columns(3, 0, 10) == (0, 10)
    assert chosen.columns(5, 0, 10) == (0, 3)
    assert chosen.columns(5, 0, 2) == (0, 2)


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        ("see app\\stock.py, line", 6, "app\\stock.py"),
        ("Task cart.reprice[1]", 8, "cart.reprice"),
        ("ends here.", 6, "here"),
        ("a  b", 1, " "),
        ("end", 3, ""),
    ],
)
def test_words_are_what_people_take_for_one(text: str, column: int, word: str) -> None:
    assert text[slice(*word_at(text, column))] == word


def test_what_is_selected_within_one_line_can_be_looked_for() -> None:
    document = Document(StoreSource(store_of(printed("alpha beta"), printed("gamma"))))
    assert selected_line(document, None) == ""
    within = Selection(Point(0, 0, 6), Point(0, 0, 10))
    assert selected_line(document, within) == "beta"
    assert selected_line(document, Selection(Point(0, 0, 0), Point(1, 0, 3))) == ""
