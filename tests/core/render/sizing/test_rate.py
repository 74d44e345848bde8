"""Rates as they are typed, and what they take."""

import pytest

from core.errors import FleetError
from core.render.plans import MB, known_plans
from core.render.sizing.concurrency import Footprint, Work
from core.render.sizing.rate import Capacity, capacity, cheapest, parse_rate

PLANS = known_plans()
LIGHT = Footprint(base=50 * MB, child=30 * MB, task=20 * MB, source="measured")
WAITS = Work(runtime_s=1.0, cpu_s=0.05)
COMPUTES = Work(runtime_s=1.0, cpu_s=1.0)


def of(plan: str, rate: float, work: Work = WAITS, concurrency: int | None = None) -> Capacity:
    found = capacity(PLANS.plan(plan), LIGHT, work, rate, concurrency)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "rate"), [("5", 5), ("10/s", 10), (" 120 / m ", 2), ("1800/h", 0.5), ("0.5", 0.5)]
)
def test_a_rate_is_written_as_celery_writes_rate_limits(text: str, rate: float):
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "0", "0/s", "-1", "5/d", "fast", "1e5", "9" * 400])
def test_what_is_no_rate_is_refused(text: str):
    with pytest.raises(FleetError) as caught:
        parse_rate(text)
    assert caught.value.exit_code == 2


def test_workers_are_to_be_busy_for_four_fifths_of_the_time():
    assert (of("starter", 0.8).instances, of("starter", 0.81).instances) == (1, 2)


def test_more_children_take_fewer_instances():
    assert (of("starter", 8).instances, of("pro", 8).instances) == (10, 3)


def test_processors_limit_what_a_high_concurrency_can_do():
    assert of("standard", 4, COMPUTES, concurrency=50).instances == 5


def test_a_concurrency_that_was_asked_for_is_taken():
    assert of("standard", 4, WAITS, concurrency=5).instances == 1


def test_the_price_is_that_of_all_instances():
    assert (of("starter", 8).usd, of("2c-8g", 8).usd) == (70, None)


def test_a_task_that_does_not_fit_has_no_capacity():
    huge = Footprint(base=0, child=0, task=900 * MB, source="measured")
    assert capacity(PLANS.plan("starter"), huge, WAITS, 1.0) is None


def test_the_cheapest_is_taken_and_the_fewest_instances_among_equals():
    found = [of(name, 2.0) for name in ("starter", "standard", "pro", "2c-8g")]
    chosen = cheapest(found)
    assert chosen is not None
    assert (chosen.plan.name, chosen.instances, chosen.usd) == ("starter", 3, 21)
    assert cheapest([]) is None
