"""The three ways to run the user's app."""

from core.settings import MODES
from core.workers.mode import TRUTH, Mode


def test_each_mode_has_its_truth_and_can_be_a_setting() -> None:
    assert tuple(TRUTH) == tuple(Mode)
    assert tuple(MODES) == tuple(Mode)
