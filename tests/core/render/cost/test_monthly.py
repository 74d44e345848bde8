"""The bill of a month: known sums, and what is not known."""

from dataclasses import replace

import pytest

from core.errors import FleetError
from core.render.cost.commands import Traffic
from core.render.cost.monthly import bill, dollars
from core.render.cost.setup import HIGH_VOLUME, MINIMUM, RECOMMENDED, Rented, Setup
from core.render.plans import known_plans

PLANS = known_plans()
IDLE = Traffic()


@pytest.mark.parametrize(("setup", "usd"), [(MINIMUM, 14), (RECOMMENDED, 32), (HIGH_VOLUME, 57)])
def test_the_set_ups_of_the_guide_cost_what_it_says(setup: Setup, usd: int):
    found = bill(setup, IDLE, PLANS)
    assert (found.usd, found.at_least, found.told) == (usd, False, f"${usd}")


def test_flower_costs_seven_dollars_more():
    with_flower = replace(RECOMMENDED, flower=Rented("starter"))
    assert bill(with_flower, IDLE, PLANS).usd - bill(RECOMMENDED, IDLE, PLANS).usd == 7


def test_instances_are_paid_for_each():
    three = replace(RECOMMENDED, worker=Rented("standard", 3))
    assert bill(three, IDLE, PLANS).usd == 7 + 75


def test_a_workspace_may_cost_too():
    assert bill(replace(MINIMUM, workspace="pro"), IDLE, PLANS).usd == 14 + 25


def test_an_unknown_price_is_told_as_unknown_and_the_total_as_at_least():
    found = bill(replace(MINIMUM, redis="key-value", redis_plan="starter"), IDLE, PLANS)
    assert found.told == "at least $14"
    assert [line.what for line in found.lines if line.usd is None] == ["key value"]
    assert dollars(None) == "unknown"


def test_a_plan_without_a_price_makes_the_total_at_least():
    assert bill(replace(MINIMUM, worker=Rented("2c-8g")), IDLE, PLANS).told == "at least $7"


def test_upstash_is_paid_by_command():
    found = bill(replace(MINIMUM, redis_plan="pay-as-you-go"), IDLE, PLANS)
    assert found.usd == pytest.approx(14 + 8.64)
    assert found.told == "$22.64"


def test_tasks_cost_commands():
    paid = replace(MINIMUM, redis_plan="pay-as-you-go")
    busy = bill(paid, Traffic(tasks_per_s=1.0), PLANS)
    assert busy.usd - bill(paid, IDLE, PLANS).usd == pytest.approx(93.31, abs=0.01)


def test_free_upstash_is_said_to_end_within_days():
    (note, remedy) = bill(MINIMUM, IDLE, PLANS).notes
    assert "after 3.5 days" in note
    assert "polling_interval" in remedy


def test_a_quiet_worker_nearly_fits_free_upstash():
    (note,) = bill(MINIMUM, Traffic(quiet=True), PLANS).notes
    assert "after 28.9 days" in note


def test_a_free_key_value_is_said_to_keep_nothing():
    (note,) = bill(replace(MINIMUM, redis="key-value"), IDLE, PLANS).notes
    assert "keeps nothing" in note


@pytest.mark.parametrize("site", ["web", "flower"])
def test_a_free_web_service_is_said_to_sleep(site: str):
    notes = bill(replace(MINIMUM, **{site: Rented("free")}), IDLE, PLANS).notes
    assert any("sleeps" in note for note in notes)


@pytest.mark.parametrize(
    "setup",
    [
        replace(MINIMUM, worker=Rented("free")),
        replace(MINIMUM, worker=Rented("huge")),
        replace(MINIMUM, redis_plan="huge"),
        replace(MINIMUM, redis="key-value", redis_plan="huge"),
        replace(MINIMUM, workspace="huge"),
    ],
)
def test_a_plan_that_cannot_be_had_is_refused(setup: Setup):
    with pytest.raises(FleetError) as caught:
        bill(setup, IDLE, PLANS)
    assert caught.value.exit_code == 2


def test_each_line_says_where_its_price_is_from():
    assert all(line.source and line.as_of for line in bill(HIGH_VOLUME, IDLE, PLANS).lines)
