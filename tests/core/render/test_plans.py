"""The plans that come with Solofleet, and how they are named."""

import pytest

from core.errors import FleetError
from core.render.plans import MB, known_plans

PLANS = known_plans()


@pytest.mark.parametrize(
    ("name", "cpu", "memory_mb", "usd"),
    [
        ("starter", 0.5, 512, 7),
        ("standard", 1, 2048, 25),
        ("pro", 2, 4096, 85),
        ("pro plus", 4, 8192, 175),
        ("pro max", 4, 16384, 225),
        ("pro ultra", 8, 32768, 450),
    ],
)
def test_a_plan_has_processors_memory_and_price(name: str, cpu: float, memory_mb: int, usd: float):
    plan = PLANS.plan(name)
    assert (plan.cpu, plan.memory, plan.usd) == (cpu, memory_mb * MB, usd)


@pytest.mark.parametrize("name", ["pro plus", "pro_plus", "4c-8g", " Pro Plus "])
def test_a_plan_answers_to_the_names_of_blueprint_and_api_and_to_its_id(name: str):
    assert PLANS.plan(name).id == "4c-8g"


def test_a_plan_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(FleetError, match="starter, standard, pro,") as caught:
        PLANS.plan("huge")
    assert caught.value.exit_code == 2


def test_workers_get_no_free_plan_and_none_of_unknown_price():
    assert [plan.name for plan in PLANS.workers()] == [
        "starter",
        "standard",
        "pro",
        "pro plus",
        "pro max",
        "pro ultra",
    ]


@pytest.mark.parametrize(
    ("type", "first"),
    [("web_service", "free"), ("private_service", "starter"), ("background_worker", "starter")],
)
def test_a_service_may_have_the_plans_of_its_type(type: str, first: str):
    names = [plan.name for plan in PLANS.fitting(type)]
    assert names[0] == first
    assert "2c-8g" in names


@pytest.mark.parametrize("type", ["cron_job", "static_site"])
def test_what_is_not_billed_by_the_month_has_no_plan_to_choose(type: str):
    assert PLANS.fitting(type) == ()


def test_each_price_says_where_it_is_from_and_as_of_when():
    tables = (PLANS.compute, PLANS.key_value, PLANS.workspace, PLANS.upstash)
    prices = [price for table in tables for price in table.values()]
    assert all(price.source and price.as_of.year >= 2026 for price in prices)


def test_a_price_that_is_not_known_is_none():
    assert PLANS.plan("2c-8g").usd is None
    assert PLANS.workspace["enterprise"].usd is None
