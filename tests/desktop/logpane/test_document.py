"""The rows over one log."""

from core.logs.level import Level
from core.logs.store import LogStore
from desktop.logpane.document import MOST_ERRORS, Document
from desktop.logpane.filter import Filter
from desktop.logpane.notes import Note
from desktop.logpane.row import Kind
from desktop.logpane.source import StoreSource
from tests.support.logs import ID, failed, numbered, printed, store_of


def document_of(*texts: str, max_lines: int = 200_000) -> tuple[LogStore, Document]:
    store = store_of(*texts, max_lines=max_lines)
    return store, Document(StoreSource(store, "worker1.log"))


def downwards(document: Document) -> list[int]:
    places: list[int] = []
    place = document.next(document.first - 1)
    while place is not None:
        places.append(place)
        place = document.next(place)
    return places


def upwards(document: Document) -> list[int]:
    places: list[int] = []
    place = document.last()
    while place is not None:
        places.append(place)
        place = document.previous(place)
    return places[::-1]


def texts(document: Document) -> list[str]:
    return [row.text for place in downwards(document) for row in document.rows(place)]


def search(document: Document, chosen: Filter) -> None:
    document.show_only(chosen)
    while document.go_on():
        pass


def test_an_empty_log_has_no_rows() -> None:
    _, document = document_of()
    assert (downwards(document), upwards(document), document.count) == ([], [], 0)
    assert document.place(0) is None
    assert document.nearest(5) is None


def test_a_traceback_is_folded_and_the_way_up_is_the_way_down() -> None:
    _, document = document_of(printed("a"), failed(), printed("b"))
    assert downwards(document) == upwards(document) == [0, 1, 5, 7, 8]
    assert [document.rows(place)[0].hidden for place in (1, 5, 7)] == [0, 3, 1]
    assert document.rows(1)[0].folded


def test_unfolded_it_shows_every_line_and_folds_again() -> None:
    _, document = document_of(printed("a"), failed(), printed("b"))
    assert [document.record(place) for place in (0, 1, 5, 8, 9)] == [None, 1, 1, None, None]
    document.toggle(1)
    assert downwards(document) == upwards(document) == list(range(9))
    assert not document.is_folded(1)
    assert not document.rows(1)[0].folded
    document.toggle(1)
    assert downwards(document) == [0, 1, 5, 7, 8]


def test_a_folded_line_is_near_the_next_one_that_is_shown() -> None:
    _, document = document_of(printed("a"), failed(), printed("b"))
    assert [document.nearest(place) for place in (-3, 2, 5, 6, 8, 99)] == [0, 5, 5, 7, 8, 8]
    assert [document.place(index) for index in (0, 3, 8, 99)] == [0, 1, 8, 8]


def test_a_filter_hides_records_whole() -> None:
    _, document = document_of(printed("a"), failed(), printed("b"), failed(), printed("c"))
    search(document, Filter(levels=frozenset({Level.ERROR})))
    assert downwards(document) == upwards(document) == [1, 5, 7, 9, 13, 15]
    assert (document.count, document.index(9), document.place(1)) == (2, 1, 9)
    assert document.shows(3)
    assert not document.shows(8)
    search(document, Filter("nothing has this"))
    assert (downwards(document), document.last(), document.place(0)) == ([], None, None)
    search(document, Filter())
    assert len(downwards(document)) == 9


def test_a_wrong_filter_leaves_things_as_they_are() -> None:
    _, document = document_of(printed("a"))
    document.show_only(Filter("(", regex=True))
    assert document.filter == Filter()


def test_what_comes_passes_the_filter_or_does_not() -> None:
    store, document = document_of(printed("a"))
    search(document, Filter("a"))
    store.append((printed("b") + printed("ab")).encode())
    assert document.grow() == 0
    assert document.searching
    document.go_on()
    assert downwards(document) == [0, 2]


def test_growth_says_from_where_rows_may_differ() -> None:
    store, document = document_of(numbered(0, 5))
    assert document.grow() == 5
    store.append(b"  goes on\n")
    assert document.grow() == 4
    assert document.rows(5)[0].continues is False or document.rows(5)[0].level is Level.INFO


def test_a_last_record_that_grows_shows_its_new_last_line() -> None:
    store, document = document_of(failed())
    assert texts(document)[-1] == "KeyError: 'sku'"
    store.append(b'  File "b.py", line 1, in x\nLateError: y\n')
    document.grow()
    assert texts(document)[-2:] == ['  File "b.py", line 1, in x', "LateError: y"]


def test_notes_stand_before_their_line_or_behind_all() -> None:
    store, document = document_of(printed("a"), printed("b"))
    document.add_note(Note(1, None, "restarted"))
    document.add_note(Note(2, None, "ended"))
    assert texts(document) == ["a", "restarted", "b", "ended"]
    assert downwards(document) == upwards(document) == [0, 1, 2]
    store.append(printed("c").encode())
    document.grow()
    assert texts(document) == ["a", "restarted", "b", "ended", "c"]


def test_a_note_at_a_hidden_line_stands_before_the_next_one_that_is_shown() -> None:
    _, document = document_of(printed("a"), printed("b"), printed("a"))
    document.add_note(Note(1, None, "restarted"))
    search(document, Filter("a"))
    assert texts(document) == ["a", "restarted", "a"]


def test_dropped_lines_are_told_at_the_top_and_take_marks_along() -> None:
    store, document = document_of(numbered(0, 4), max_lines=4)
    document.toggle_bookmark(0)
    document.toggle_bookmark(3)
    document.add_note(Note(1, None, "gone"))
    store.append(numbered(4, 6).encode())
    document.grow()
    first = document.next(document.first - 1)
    assert first == 2
    lost, line = document.rows(2)
    assert (lost.kind, line.text) == (Kind.LOST, "line 2")
    assert "2 lines were not kept" in lost.text
    assert document.bookmarks == [3]
    store.append(numbered(6, 7).encode())
    document.grow()
    assert "3 lines were" in document.rows(3)[0].text
    assert "gone" not in texts(document)


def test_clearing_hides_what_is_there_and_keeps_it() -> None:
    store, document = document_of(numbered(0, 4))
    document.clear()
    assert downwards(document) == []
    store.append(numbered(4, 5).encode())
    document.grow()
    assert texts(document) == ["line 4"]
    assert document.source.first == 0


def test_ids_are_shortened_anew() -> None:
    _, document = document_of(printed(f"Task a[{ID}] received"), printed("x"))
    assert texts(document)[0] == "Task a[17f2aa04] received"
    document.shorten_ids(4)
    assert texts(document)[0] == "Task a[17f2] received"


def test_bookmarks_are_kept_in_order_and_taken_away_again() -> None:
    _, document = document_of(numbered(0, 9))
    for place in (5, 2, 7, 5):
        document.toggle_bookmark(place)
    assert document.bookmarks == [2, 7]


def test_errors_are_known_by_place_the_newest_ones() -> None:
    store, document = document_of(printed("a"), failed(), printed("b"))
    assert document.errors == [1]
    store.append(failed().encode() * (MOST_ERRORS + 5))
    document.grow()
    assert len(document.errors) == MOST_ERRORS
    assert document.errors[-1] == 9 + 7 * (MOST_ERRORS + 4)


def test_a_log_whose_oldest_lines_are_the_rest_of_a_traceback_can_be_walked() -> None:
    _, document = document_of(failed(), printed("b"), max_lines=3)
    assert document.first == 5
    assert downwards(document) == upwards(document) == [5, 6, 7]


def test_what_is_chosen_for_several_logs_holds_beside_the_own_filter() -> None:
    document = Document(StoreSource(store_of(printed("a"), printed("ab"), printed("b"))))
    document.show_only(Filter("a"))
    document.share(Filter("b"))
    document.go_on()
    assert [place for place in range(3) if document.shows(place)] == [1]
    document.show_only(Filter())
    document.go_on()
    assert [place for place in range(3) if document.shows(place)] == [1, 2]
    document.share(Filter("(", regex=True))
    assert document.shared == Filter("b")
