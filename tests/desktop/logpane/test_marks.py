"""Where the scroll bar shows marks."""

from desktop.logpane.document import Document
from desktop.logpane.filter import Filter
from desktop.logpane.find import Find, Query
from desktop.logpane.marks import MOST, shares
from desktop.logpane.source import StoreSource
from tests.support.logs import failed, numbered, store_of


def test_marks_are_shares_of_the_whole() -> None:
    document = Document(StoreSource(store_of(numbered(0, 50), failed(), numbered(57, 100))))
    document.toggle_bookmark(25)
    find = Find(document)
    find.look_for(Query("line 75"))
    find.go_on()
    assert shares(document, find) == {"err": [0.5], "acc": [0.75], "warn": [0.25]}


def test_what_is_hidden_has_no_mark() -> None:
    document = Document(StoreSource(store_of(numbered(0, 50), failed())))
    document.show_only(Filter("line 1"))
    document.go_on()
    assert shares(document, Find(document))["err"] == []


def test_many_hits_are_thinned_out() -> None:
    document = Document(StoreSource(store_of(numbered(0, 5000))))
    find = Find(document)
    find.look_for(Query("line"))
    while find.go_on():
        pass
    assert 0 < len(shares(document, find)["acc"]) <= MOST
