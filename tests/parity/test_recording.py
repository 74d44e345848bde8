"""What is kept of prefork is of all scenarios, and of no other."""

from tests.parity.recording import recorded
from tests.parity.scenarios import CHAPTERS, SCENARIOS


def test_prefork_was_recorded_in_every_scenario() -> None:
    assert sorted(recorded()) == sorted(SCENARIOS)


def test_no_two_scenarios_have_the_same_name() -> None:
    assert len(SCENARIOS) == sum(len(chapter) for chapter in CHAPTERS.values())
