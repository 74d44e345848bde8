"""How many tasks at once a plan gets, and why."""

import pytest

from core.render.plans import MB, known_plans
from core.render.sizing.concurrency import Footprint, Work, advise, risk

PLANS = known_plans()
WAITS = Work(runtime_s=2.0, cpu_s=0.1)
COMPUTES = Work(runtime_s=2.0, cpu_s=1.9)
LIGHT = Footprint(base=40 * MB, child=25 * MB, task=5 * MB, source="measured")


def hungry(task_mb: int) -> Footprint:
    return Footprint(base=100 * MB, child=50 * MB, task=task_mb * MB, source="measured")


def test_the_total_is_the_base_and_every_child_with_its_task():
    assert hungry(250).total(4) == (100 + 4 * 300) * MB


@pytest.mark.parametrize(
    ("plan", "concurrency"), [("starter", 1), ("standard", 2), ("pro", 4), ("pro plus", 8)]
)
def test_work_that_waits_gets_two_children_a_processor(plan: str, concurrency: int):
    assert advise(PLANS.plan(plan), LIGHT, WAITS).concurrency == concurrency


@pytest.mark.parametrize(("plan", "concurrency"), [("starter", 1), ("standard", 1), ("pro", 2)])
def test_work_that_computes_gets_one_child_a_processor(plan: str, concurrency: int):
    assert advise(PLANS.plan(plan), LIGHT, COMPUTES).concurrency == concurrency


def test_memory_limits_with_a_fifth_to_spare():
    advice = advise(PLANS.plan("standard"), hungry(900), WAITS)
    assert (advice.by_cpu, advice.by_memory, advice.concurrency) == (2, 1, 1)
    assert "memory" in advice.why


def test_a_task_that_does_not_fit_is_not_advised_at_all():
    advice = advise(PLANS.plan("starter"), hungry(400), WAITS)
    assert advice.concurrency == 0
    assert advice.total == 550 * MB
    assert "not even one" in advice.why


def test_a_project_that_was_not_measured_gets_the_numbers_of_data_analysis():
    assert [
        advise(PLANS.plan(name)).concurrency for name in ("starter", "standard", "pro", "pro plus")
    ] == [1, 2, 4, 8]


def test_the_advice_leaves_no_less_than_the_spare_on_any_plan():
    for plan in PLANS.compute.values():
        advice = advise(plan, hungry(250), WAITS)
        assert advice.concurrency == 0 or advice.total <= 0.8 * plan.memory


@pytest.mark.parametrize(
    ("concurrency", "word"), [(1, "safe"), (4, "safe"), (5, "tight"), (6, "too much")]
)
def test_the_risk_of_a_concurrency_is_told_in_words(concurrency: int, word: str):
    told = risk(PLANS.plan("standard"), hungry(280), concurrency)
    assert told.startswith(word)


def test_too_much_names_the_signal_that_people_see():
    assert "signal 9" in risk(PLANS.plan("starter"), hungry(280), 4)


def test_time_on_a_processor_decides_what_waits():
    assert (WAITS.io_bound, COMPUTES.io_bound) == (True, False)
