"""The document is of all scenarios, and says how few differ."""

from tests.parity.differences import DIFFERENCES
from tests.parity.document import DOCUMENT, document
from tests.parity.recording import recorded
from tests.parity.running import CELERY
from tests.parity.scenarios import SCENARIOS

MAY_DIFFER = 4


def test_the_document_is_what_the_record_and_the_list_of_differences_make() -> None:
    made = document(recorded(), DIFFERENCES, CELERY)
    assert DOCUMENT.read_text("utf-8") == made, "python -m tests.parity --write"


def test_the_document_names_every_scenario() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert [name for name in SCENARIOS if f"| `{name}` |" not in text] == []


def test_what_is_listed_as_different_is_a_scenario_and_the_list_is_short() -> None:
    assert set(DIFFERENCES) <= set(SCENARIOS)
    assert len(DIFFERENCES) <= MAY_DIFFER
