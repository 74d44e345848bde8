"""The tables of the schema beside Render's file."""

from typing import Any

import pytest

from core.render.blueprint.schema import (
    COMPUTE_PLANS,
    KEY_VALUE_PLANS,
    POLICIES,
    REGIONS,
    RUNTIMES,
    SERVICE,
    TRIGGERS,
)
from core.render.blueprint.shapes import Choice, Keys
from core.render.plans import known_plans
from tests.support.blueprints import render_schema

needs_schema = pytest.mark.skipif(render_schema() is None, reason="no copy of it is at hand")


def definition(name: str) -> Any:
    return render_schema()["definitions"][name]


@needs_schema
def test_words_are_those_of_render() -> None:
    assert set(definition("region")["enum"]) == set(REGIONS)
    assert set(definition("runtime")["enum"]) == set(RUNTIMES)
    assert set(definition("autoDeployTrigger")["enum"]) == set(TRIGGERS)
    policy = definition("redisServer")["properties"]["maxmemoryPolicy"]
    assert set(policy["enum"]) == set(POLICIES)
    assert {*COMPUTE_PLANS, *KEY_VALUE_PLANS} <= set(definition("plan")["enum"])


@needs_schema
@pytest.mark.parametrize(
    ("kind", "name"),
    [("worker", "serverService"), ("cron", "cronService"), ("keyvalue", "redisServer")],
)
def test_a_service_has_the_keys_of_render(kind: str, name: str) -> None:
    shape = SERVICE.shapes[kind]
    assert isinstance(shape, Keys)
    assert shape.keys.keys() == definition(name)["properties"].keys()
    assert set(shape.required) == set(definition(name)["required"])


@needs_schema
def test_a_static_site_has_the_keys_of_render() -> None:
    web = SERVICE.shapes["web"]
    assert isinstance(web, Choice)
    site = web.shapes["static"]
    assert isinstance(site, Choice)
    static = site.shapes["headers"]
    assert isinstance(static, Keys)
    assert static.keys.keys() == definition("staticService")["properties"].keys()


def test_every_plan_with_a_price_can_be_written() -> None:
    for plan in known_plans().compute.values():
        assert {plan.name, plan.id} <= set(COMPUTE_PLANS)
