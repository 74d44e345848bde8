"""Numbers over time."""

from core.render.api.series import Sample, Series
from tests.render_fake.account import START


def test_values_without_a_time_or_a_number_are_left_out() -> None:
    good = {"timestamp": START.isoformat(), "value": 2.5}
    told = {"unit": "MB", "values": [good, {"value": 1}, {"timestamp": START.isoformat()}, 7]}
    series = Series.read(told | {"labels": [{"field": "instance", "value": "a1"}]})
    assert series == Series((("instance", "a1"),), "MB", (Sample(START, 2.5),))
