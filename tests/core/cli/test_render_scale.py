"""`solofleet render scale`, on an account of the test."""

import json

import pytest

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
    assert json.loads(typed.out) == {"kind": "changed", "service": "jobs", "instances": 3}
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


def test_plan_concurrency_and_instances_are_changed_together(run: Run, account: Account) -> None:
    details = jobs(account)["serviceDetails"]
    details["envSpecificDetails"]["startCommand"] = "celery -A jobs worker --concurrency=2"
    words = ("--plan", "standard", "--concurrency", "4", "--instances", "2")
    typed = run("scale", *words, says="y\ny\n")
    assert typed.code == DONE
    assert (details["plan"], details["numInstances"]) == ("standard", 2)
    assert details["envSpecificDetails"]["startCommand"].endswith("--concurrency=4")
    assert "note: The plan standard with 4 at once" in typed.err
    assert "2 instances, $50 a month in all?" in typed.err
    sent = [each.url.path.rpartition("/")[2] for each in account.requests if each.method != "GET"]
    assert sent == [jobs(account)["id"], "deploys", "scale"]


def test_autoscaling_is_set_and_turned_off_for_a_number(run: Run, account: Account) -> None:
    typed = run("scale", "--min", "1", "--max", "4", "--cpu", "60", "--yes", "--json")
    wanted = Autoscaling(True, 1, 4, 60, None).body()
    told = {"kind": "changed", "service": "jobs", "autoscaling": wanted}
    assert json.loads(typed.out) == told
    assert jobs(account)["serviceDetails"]["autoscaling"] == wanted
    assert run("scale", "--no-autoscaling", "--instances", "3", "--yes").code == DONE
    assert "autoscaling" not in jobs(account)["serviceDetails"]
    assert instances(account) == 3


@pytest.mark.parametrize(
    "words",
    [(), ("--max", "4", "--instances", "2"), ("--max", "4", "--no-autoscaling")],
)
def test_options_that_say_nothing_or_too_much_are_refused(
    run: Run, account: Account, words: tuple[str, ...]
) -> None:
    assert run("scale", *words, "--yes").code == USAGE
    assert account.requests == []


def test_a_plan_that_is_refused_is_told_and_nothing_is_deployed(run: Run, account: Account) -> None:
    account.plan("PATCH", ".*", 400, {"message": "plan standard is not available"})
    typed = run("scale", "--plan", "standard", "--yes")
    assert typed.code == FAILED
    assert "jobs was not changed" in typed.err
    assert "Choose another plan" in typed.err
    assert account.deploys[jobs(account)["id"]] == []


def test_a_plan_that_is_not_known_has_no_price(run: Run, account: Account) -> None:
    jobs(account)["serviceDetails"]["plan"] = "9c-99g"
    asked = run("scale", "--instances", "2", says="n\n").err
    account.broken.clear()
    assert "from 1 to 2 instances?" in asked
