"""Questions put to the advisor, and its answers."""

from datetime import UTC, datetime

import pytest

from core.errors import FleetError
from core.render.plans import MB, known_plans
from core.render.sizing.measured import Measured, Prefork
from core.render.sizing.report import Question, Report, report
from core.tasks.memory import TaskMemory
from core.workers.usage import Effort

PLANS = known_plans()
KNOWN = Measured(
    datetime(2026, 11, 26, tzinfo=UTC),
    "a measuring run",
    40 * MB,
    (TaskMemory("shop.render", 3, 90 * MB, 100 * MB),),
    Effort(3, 3.0, 0.1),
    Prefork(55 * MB, 30 * MB, 2),
)


def ask(measured: Measured | None = KNOWN, **what: object) -> Report:
    return report(measured, Question(**what), PLANS)  # pyright: ignore[reportArgumentType]


def test_every_plan_that_a_worker_can_have_gets_its_advice():
    assert [(each.plan.name, each.concurrency) for each in ask().plans] == [
        ("starter", 1),
        ("standard", 2),
        ("pro", 4),
        ("pro plus", 8),
        ("pro max", 8),
        ("pro ultra", 16),
    ]


def test_a_plan_that_is_named_is_judged_at_the_concurrency_that_is_asked():
    asked = ask(plan="starter", concurrency=4).asked
    assert asked is not None
    assert asked.total == (55 + 4 * 130) * MB
    assert asked.risk.startswith("too much")


def test_a_plan_without_a_price_can_be_asked_about():
    answer = ask(plan="2c-8g")
    assert answer.asked is not None and answer.asked.concurrency == 4
    assert answer.plans[-1].plan.name == "2c-8g"
    assert answer.bills[-1].at_least


def test_a_rate_is_met_by_the_cheapest_plan():
    answer = ask(rate=2.0)
    assert answer.chosen is not None
    assert (answer.chosen.plan.name, answer.chosen.instances) == ("starter", 3)
    assert answer.bills[-1].setup.worker.instances == 3
    assert answer.bills[-1].usd == 7 + 21


def test_a_concurrency_is_not_put_where_it_does_not_fit():
    answer = ask(rate=2.0, concurrency=4)
    assert answer.chosen is not None
    assert (answer.chosen.plan.name, answer.chosen.concurrency) == ("standard", 4)


def test_a_plan_that_is_named_has_to_meet_the_rate_alone():
    answer = ask(rate=2.0, plan="standard")
    assert [each.plan.name for each in answer.capacities] == ["standard"]
    assert answer.bills[-1].setup.worker.instances == 2


def test_instances_that_are_asked_for_are_billed():
    assert ask(plan="standard", instances=3).bills[-1].usd == 7 + 75


def test_a_rate_for_tasks_that_nobody_ran_is_refused():
    with pytest.raises(FleetError, match="--send"):
        ask(None, rate=1.0)


@pytest.mark.parametrize("name", ["free", "huge"])
def test_a_plan_that_no_worker_can_have_is_refused(name: str):
    with pytest.raises(FleetError):
        ask(plan=name)


def test_the_set_ups_of_the_guide_come_before_that_of_the_project():
    assert [(each.setup.name, each.told) for each in ask().bills] == [
        ("minimum", "$14"),
        ("recommended", "$32"),
        ("high volume", "$57"),
        ("this project", "$14"),
    ]


def test_the_bill_of_the_project_has_what_was_asked_for():
    own = ask(web=None, flower="standard", workspace="pro", redis_plan="pay-as-you-go").bills[-1]
    assert [line.what for line in own.lines] == ["worker", "flower", "upstash", "workspace"]
    assert own.usd == pytest.approx(7 + 25 + 25 + 9.85, abs=0.01)


def test_a_task_that_fits_nowhere_leaves_no_bill_for_the_project():
    huge = Measured(KNOWN.at, "x", 40 * MB, (TaskMemory("t", 1, 1, 90_000 * MB),))
    assert len(ask(huge).bills) == 3
