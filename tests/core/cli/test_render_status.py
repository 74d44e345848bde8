"""`solofleet render status`, on an account of the test."""

import json

from core.errors import DONE
from tests.render_fake.account import Account
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")


def service(account: Account, name: str) -> dict[str, object]:
    return next(each for each in account.services.values() if each["name"] == name)


def test_every_service_of_the_blueprint_is_shown_with_its_last_deploy(
    run: Run, account: Account
) -> None:
    account.add_deploy(service(account, "jobs"), ("live",))
    account.add_key_value("queue")
    del account.services[str(service(account, "api")["id"])]
    typed = run("status")
    assert typed.code == DONE
    rows = [line.split() for line in typed.out.splitlines()]
    assert ["api", "not", "on", "Render"] in rows
    assert any(row[:5] == ["jobs", "active", "starter", "1", "live"] for row in rows)
    assert any(row[-1:] == ["f00df00"] for row in rows)
    assert ["queue", "available", "starter", "noeviction"] in rows
    assert "dashboard.render.com/blueprints" in typed.out
    assert max(map(len, typed.out.splitlines())) <= 80


def test_a_kill_for_memory_is_told_with_what_helps(run: Run, account: Account) -> None:
    for _ in range(2):
        account.kill_for_memory(service(account, "jobs"))
    out = run("status").out
    assert "2 instances of jobs ran out of memory, the last one 11-20" in out
    assert "why: the plan starter has 512 MB" in out
    assert "fix: Run 1 at once: solofleet render scale" in out
    assert max(map(len, out.splitlines())) <= 80


def test_other_failures_stand_beside_it(run: Run, account: Account) -> None:
    jobs = service(account, "jobs")
    account.add_event(jobs, "server_failed", {"reason": {"evicted": False, "nonZeroExit": 1}})
    assert "jobs: failed 11-20" in run("status").out
    account.kill_for_memory(jobs)
    out = run("status").out
    assert "an instance of jobs ran out of memory" in out
    assert "exit code 1" in out


def test_a_kill_of_before_what_helped_is_a_failure_like_others(run: Run, account: Account) -> None:
    jobs = next(each for each in account.services.values() if each["name"] == "jobs")
    account.kill_for_memory(jobs)
    fits = "celery -A jobs worker --concurrency=1"
    jobs["serviceDetails"]["envSpecificDetails"]["startCommand"] = fits
    account.add_deploy(jobs, ("live",))
    out = run("status").out
    assert "ran out of memory" not in out
    assert "jobs: failed 11-20" in out


def test_words_that_nobody_knows_yet_are_shown(run: Run, account: Account) -> None:
    jobs = service(account, "jobs")
    jobs["serviceDetails"]["plan"] = "9c-99g"  # type: ignore[index]
    account.add_deploy(jobs, ("warming_up",))
    out = run("status").out
    account.broken.clear()
    assert "9c-99g" in out
    assert "warming_up" in out


def test_the_document_has_it_all(run: Run, account: Account) -> None:
    jobs = service(account, "jobs")
    account.add_deploy(jobs, ("live",))
    account.kill_for_memory(jobs)
    told = json.loads(run("status", "--json").out)
    assert (told["kind"], told["workspace"]) == ("render_status", "Shop")
    by_name = {each["name"]: each for each in told["services"]}
    assert by_name["jobs"]["deploy"]["status"] == "live"
    assert by_name["jobs"]["failures"][0]["why"] == "out of memory: more than 512Mi"
    assert by_name["jobs"]["out_of_memory"]["what"].startswith("an instance of jobs ran out")
    assert by_name["api"]["out_of_memory"] is None
    assert by_name["api"]["service"]["url"] == "https://api.onrender.com"
