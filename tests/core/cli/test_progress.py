"""The progress line."""

import pytest

from core.cli.progress import progress_text
from core.tasks.counts import Totals


def totals(sent: int, *, failed: int = 0, lost: int = 0, waiting: int = 0) -> Totals:
    good = sent - failed - lost - waiting
    return Totals(sent, waiting, 0, good, failed, 0, lost, 0)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (totals(4, waiting=4), "[--------------------] 0 of 4 tasks; 2 workers busy"),
        (totals(4, waiting=1), "[###############-----] 3 of 4 tasks; 2 workers busy"),
        (
            totals(100, failed=3, lost=1, waiting=50),
            "[##########----------] 50 of 100 tasks, 3 failed, 1 lost; 2 workers busy",
        ),
        (totals(0), ""),
        (totals(1, waiting=1), ""),
        (totals(4), ""),
    ],
)
def test_it_tells_how_many_ended_while_a_burst_lasts(given: Totals, text: str) -> None:
    assert progress_text(given, 2) == text
