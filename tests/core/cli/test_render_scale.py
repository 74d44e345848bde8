"""`solofleet render scale`, on an account of the test."""

import json

from core.errors import DONE, FAILED, USAGE
from core.render.api.answers import Autoscaling
from tests.render_fake.account import Account, Json
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")


def jobs(account: Account) -> Json:
    return next(each for each in account.services.values() if each["name"] == "jobs")


def instances(account: Account) -> int:
    return jobs(account)["serviceDetails"]["numInstances"]


def test_the_question_names_the_target_and_the_price(run: Run, account: Account) -> None:
    typed = run("scale", "--instances", "2", says="y\n")
    assert (typed.code, instances(account)) == (DONE, 2)
    asked = f"scale jobs ({jobs(account)['id']}, workspace Shop) from 1 to 2 instances, $14 a month"
    assert asked in typed.err


def test_without_a_yes_nothing_changes(run: Run, account: Account) -> None:
    for says in (None, "n\n", "\n"):
        typed = run("scale", "--instances", "2", says=says)
        assert (typed.code, instances(account)) == (USAGE, 1)
        assert "not done: scale jobs" in typed.err


def test_yes_asks_nobody(run: Run, account: Account) -> None:
    typed = run("scale", "--instances", "3", "--yes", "--json")
    assert json.loads(typed.out) == {
        "kind": "scaled",
        "service": "jobs",
        "before": 1,
        "instances": 3,
    }
    assert instances(account) == 3


def test_autoscaling_that_would_ignore_it_is_told(run: Run, account: Account) -> None:
    scaling = Autoscaling(True, 1, 4, cpu=60, memory=None).body()
    jobs(account)["serviceDetails"]["autoscaling"] = scaling
    typed = run("scale", "--instances", "2", "--yes")
    assert typed.code == USAGE
    assert "autoscaling is on, from 1 to 4" in typed.err


def test_a_suspended_service_is_told_to_be_resumed(run: Run, account: Account) -> None:
    jobs(account)["suspended"] = "suspended"
    typed = run("scale", "--instances", "2", "--yes")
    assert typed.code == FAILED
    assert "Resume the service first" in typed.err


def test_a_plan_that_is_not_known_has_no_price(run: Run, account: Account) -> None:
    jobs(account)["serviceDetails"]["plan"] = "9c-99g"
    asked = run("scale", "--instances", "2", says="n\n").err
    account.broken.clear()
    assert "from 1 to 2 instances?" in asked
