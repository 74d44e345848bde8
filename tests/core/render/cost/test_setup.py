"""The set-ups that the guide describes."""

from core.render.cost.setup import HIGH_VOLUME, MINIMUM, RECOMMENDED, SETUPS, Rented


def test_the_set_ups_grow():
    assert SETUPS == (MINIMUM, RECOMMENDED, HIGH_VOLUME)
    assert [setup.worker.plan for setup in SETUPS] == ["starter", "standard", "standard"]


def test_flower_is_rented_for_high_volume_only():
    assert [setup.flower for setup in SETUPS] == [None, None, Rented("starter")]
