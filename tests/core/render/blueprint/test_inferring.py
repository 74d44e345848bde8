"""What an existing Blueprint has chosen already."""

from pathlib import Path

import pytest

from core.render.blueprint.inferring import inferred
from core.render.choices import Choices
from tests.support.blueprints import document
from tests.support.projects import project


def test_choices_are_read_from_the_services() -> None:
    text = """\
services:
  - {type: web, name: a, startCommand: celery -A a flower, region: ohio}
  - {type: worker, name: b, startCommand: celery -A a worker -c 3, plan: pro}
  - {type: worker, name: c, startCommand: celery -A a beat, autoDeployTrigger: off}
  - {type: keyvalue, name: d}
"""
    assert inferred(document(text), project()) == Choices(
        plan="pro", region="ohio", concurrency=3, redis="key-value", flower=True, deploy="off"
    )


def test_what_render_would_refuse_is_not_taken_over() -> None:
    text = """\
services:
  - {type: worker, name: b, startCommand: celery -A a worker -c x, plan: free, region: mars}
"""
    assert inferred(document(text), project()) == Choices()


def test_services_without_a_region_are_where_render_puts_them() -> None:
    text = "services: [{type: worker, startCommand: celery -A a worker}]\n"
    assert inferred(document(text), project()).region == "oregon"


def test_variables_that_hold_the_address_mean_a_redis_elsewhere() -> None:
    text = "envVarGroups: [{name: g, envVars: [{key: REDIS_URL, value: x}]}]\n"
    assert inferred(document(text), project()).redis == "outside"


@pytest.mark.parametrize(
    ("url", "redis"),
    [
        ("rediss://:pw@eu1.upstash.io:6379", "outside"),
        ("redis://localhost:6379", None),
        ("redis://:pw@127.0.0.1", None),
        ("amqp://elsewhere", None),
    ],
)
def test_a_new_project_keeps_the_redis_of_its_env(url: str, redis: str | None) -> None:
    found = inferred(document(""), project(Path(), env={"CELERY_BROKER_URL": url}))
    assert found == Choices(redis=redis)
