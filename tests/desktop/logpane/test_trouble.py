"""From one error or warning to the next."""

import pytest

from core.logs.level import Level
from desktop.logpane.document import Document
from desktop.logpane.filter import Filter
from desktop.logpane.source import StoreSource
from desktop.logpane.trouble import first_error, trouble_after, trouble_before
from tests.support.logs import failed, numbered, printed, store_of

# places:  0  1  2 (a traceback to 8)  9  10
LOG = (printed("a"), printed("b", "WARNING"), failed(), printed("c"), printed("d", "CRITICAL"))


@pytest.mark.parametrize(
    ("place", "after", "before"),
    [(-1, 1, 10), (0, 1, 10), (1, 2, 10), (2, 10, 1), (5, 10, 2), (10, 1, 2), (11, 1, 10)],
)
def test_it_goes_from_record_to_record_and_round(place: int, after: int, before: int) -> None:
    document = Document(StoreSource(store_of(*LOG)))
    assert trouble_after(document, place) == after
    assert trouble_before(document, place) == before


def test_what_a_filter_hides_is_passed_over() -> None:
    document = Document(StoreSource(store_of(*LOG)))
    document.show_only(Filter(levels=frozenset({Level.WARNING, Level.INFO})))
    document.go_on()
    assert trouble_after(document, 1) == 1
    assert trouble_before(document, 1) == 1
    document.show_only(Filter("nothing"))
    document.go_on()
    assert trouble_after(document, 0) is None
    assert trouble_before(document, 0) is None


def test_it_reaches_over_many_quiet_lines() -> None:
    document = Document(StoreSource(store_of(failed(), numbered(0, 30_000), failed())))
    assert trouble_after(document, 0) == 30_007
    assert trouble_before(document, 30_007) == 0
    assert first_error(document, 1, 30_000) is None
    assert first_error(document, 1, 99_999) == 30_007
