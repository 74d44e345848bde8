"""From time to place and back."""

from datetime import datetime

from desktop.logpane.document import Document
from desktop.logpane.moments import place_at, printed_at
from desktop.logpane.source import StoreSource
from tests.support.logs import failed, numbered, printed, store_of


def document_of(*texts: str) -> Document:
    return Document(StoreSource(store_of(*texts)))


def moment(second: int, ms: int = 0) -> datetime:
    return datetime(2026, 11, 25, 21, 0, second, ms * 1000)


def test_a_moment_is_found_among_many_lines() -> None:
    document = document_of(numbered(0, 50_000))
    assert place_at(document, moment(12, 345)) == 12_345
    assert place_at(document, datetime(2026, 11, 25)) == 0
    assert place_at(document, datetime(2026, 11, 26)) is None


def test_lines_without_a_time_have_that_of_the_line_before() -> None:
    document = document_of(printed("a", at="21:00:01,000"), "print\n" * 5)
    assert printed_at(document, 5) == moment(1)


def test_a_moment_within_a_traceback_leads_to_its_record() -> None:
    later = printed("b", at="21:00:09,000")
    document = document_of(printed("a", at="21:00:01,000"), failed(at="21:00:05,000"), later)
    assert place_at(document, moment(5)) == 1
    assert place_at(document, moment(6)) == 8


def test_a_log_without_times_knows_no_moment() -> None:
    document = document_of("print\n" * 5)
    assert printed_at(document, 4) is None
    assert place_at(document, moment(1)) is None
