"""What a Blueprint rents, as a question."""

from pathlib import Path

from core.render.sizing.rented import question_of
from core.render.sizing.report import Question
from tests.support.wanted import QUEUE, SHOP, drafted, opened

RENTED = """\
services:
  - {type: web, name: api, runtime: python, plan: free, startCommand: "uvicorn main:app"}
  - type: worker
    name: jobs
    runtime: python
    plan: standard
    numInstances: 3
    startCommand: celery -A tasks worker --concurrency=2
  - {type: web, name: flower, plan: free, runtime: python, startCommand: celery -A tasks flower}
  - {type: keyvalue, name: kv, plan: 1g, ipAllowList: []}
"""


def test_a_blueprint_that_is_there_is_what_is_rented(tmp_path: Path) -> None:
    project = opened(tmp_path, {**SHOP, "render.yaml": RENTED})
    assert question_of(drafted(project)) == Question(
        plan="standard",
        concurrency=2,
        instances=3,
        web="free",
        flower="free",
        redis="key-value",
        redis_plan="starter",  # the price of 1g is not known by that name
    )


def test_what_is_tried_out_stands_over_it(tmp_path: Path) -> None:
    project = opened(tmp_path, {**SHOP, "render.yaml": RENTED})
    tried = question_of(drafted(project), "pro", None, 5)
    assert (tried.plan, tried.concurrency, tried.instances) == ("pro", None, 5)


def test_a_redis_elsewhere_is_that_of_upstash_and_no_site_is_no_web(tmp_path: Path) -> None:
    asked = question_of(drafted(opened(tmp_path, QUEUE), redis="outside"))
    assert (asked.web, asked.redis, asked.redis_plan) == (None, "upstash", "free")


def test_a_plan_that_is_none_counts_as_the_usual_one(tmp_path: Path) -> None:
    text = RENTED.replace("standard", "standard-plus").replace("plan: free", "plan: huge")
    found = question_of(drafted(opened(tmp_path, {**SHOP, "render.yaml": text})))
    assert (found.plan, found.web) == ("starter", "starter")
