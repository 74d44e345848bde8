"""Where solo and prefork differ."""

from core.parity.rules import RULES
from core.workers.mode import Mode


def test_each_rule_says_what_happens_everywhere() -> None:
    assert len({rule.about for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.production
        assert all(rule.here(mode) for mode in Mode)
