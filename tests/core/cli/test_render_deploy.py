"""`solofleet render deploy`, on an account of the test."""

import json
import shutil
from pathlib import Path

import httpx
import pytest

from core.errors import DONE, FAILED, USAGE
from tests.render_fake.account import Account, Json
from tests.support.preflight import git
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")


def service(account: Account, name: str) -> Json:
    return next(each for each in account.services.values() if each["name"] == name)


def posts(account: Account) -> list[str]:
    return [each.url.path for each in account.requests if each.method == "POST"]


def test_all_services_are_deployed_and_followed_to_live(run: Run, account: Account) -> None:
    typed = run("deploy", "--yes")
    assert typed.code == DONE
    for name in ("api ", "jobs"):
        assert f"{name} > dep-" in typed.out
        assert f"{name} | ==> Running build command" in typed.out
        assert f"{name} > the deploy ended: succeeded" in typed.out
    assert typed.out.count(" live, commit f00df00") == 2


def test_each_target_is_asked_for_before_anything_is_sent(run: Run, account: Account) -> None:
    typed = run("deploy", says="y\nn\n")
    assert typed.code == USAGE
    assert "deploy the head of main to api (srv-" in typed.err
    assert "not done: deploy the head of main to jobs" in typed.err
    assert posts(account) == []


def test_a_failed_build_is_a_failure(run: Run, account: Account) -> None:
    account.next_steps = ("created", "build_in_progress", "build_failed")
    typed = run("deploy", "--service", "jobs", "--yes", "--json")
    assert typed.code == FAILED
    told = [json.loads(line) for line in typed.out.splitlines()]
    deploys = [each["status"] for each in told if each["kind"] == "deploy"]
    assert deploys[-1] == "build_failed"
    assert {"log", "event", "deploy", "failure"} == {each["kind"] for each in told}
    failure = told[-1]
    assert failure["what"] == "jobs: the build failed"
    assert failure["lines"][-1] == "==> Exited with status 1"


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("build_failed", "jobs: the build failed"),
        ("pre_deploy_failed", "jobs: the pre-deploy command failed"),
        ("update_failed", "jobs: the new processes did not come up"),
    ],
)
def test_each_way_to_fail_is_explained_with_the_last_lines(
    run: Run, account: Account, status: str, what: str
) -> None:
    account.next_steps = ("created", "build_in_progress", status)
    account.last_words = (
        "Traceback (most recent call last):",
        "ModuleNotFoundError: No module named 'celery_queue'",
    )
    typed = run("deploy", "--service", "jobs", "--yes")
    assert typed.code == FAILED
    tail = typed.out[typed.out.index(what) :]
    assert "exit code 1" in tail
    assert "why: " in tail
    assert "fix: " in tail
    assert tail.rstrip().endswith("| ModuleNotFoundError: No module named 'celery_queue'")


def test_a_key_that_is_revoked_meanwhile_leaves_a_deploy_that_is_told(
    run: Run, account: Account
) -> None:
    account.plan("GET", "/services/[^/]+/events", 401, {"message": "unauthorized"})
    typed = run("deploy", "--service", "jobs", "--yes")
    assert typed.code == USAGE
    assert "the key is wrong, or was revoked" in typed.err
    assert "The deploys go on" in typed.err


def test_a_commit_may_be_named(run: Run, account: Account) -> None:
    typed = run("deploy", "--service", "jobs", "--commit", "c0ffee00", "--clear-cache", "--yes")
    assert typed.code == DONE
    (sent,) = [json.loads(each.content) for each in account.requests if each.method == "POST"]
    assert sent == {"clearCache": "clear", "commitId": "c0ffee00"}


def test_a_network_that_is_lost_meanwhile_is_told_and_borne(run: Run, account: Account) -> None:
    account.cut("GET", "/services/[^/]+/events", httpx.ReadError("gone"), 1)
    typed = run("deploy", "--service", "jobs", "--yes")
    assert typed.code == DONE
    assert "the deploy ended: succeeded" in typed.out


def test_what_has_begun_is_told_when_the_next_one_fails(run: Run, account: Account) -> None:
    service(account, "jobs")["suspended"] = "suspended"
    typed = run("deploy", "--yes")
    assert typed.code == FAILED
    assert "jobs was not deployed" in typed.err
    assert "Begun, and going on, is the deploy of api." in typed.err


def test_the_latest_deploy_is_followed_without_a_new_one(run: Run, account: Account) -> None:
    account.add_deploy(service(account, "jobs"))
    assert run("deploy", "--follow", "--service", "jobs").code == DONE
    assert posts(account) == []
    assert "it was never deployed" in run("deploy", "--follow", "--service", "api").err


def test_what_is_under_way_is_broken_off(run: Run, account: Account) -> None:
    account.add_deploy(service(account, "jobs"), ("created", "build_in_progress", "live", "live"))
    typed = run("deploy", "--cancel", "--service", "jobs", says="y\n")
    assert typed.code == DONE
    assert "break off dep-" in typed.err
    assert "canceled" in typed.out
    assert "nothing is under way" in run("deploy", "--cancel", "--yes").err


def test_what_was_live_before_is_deployed_again(run: Run, account: Account) -> None:
    jobs = service(account, "jobs")
    account.add_deploy(jobs, ("live",), commit={"id": "0ld" * 9})
    account.add_deploy(jobs, ("build_failed",))
    account.add_deploy(jobs, ("live",))
    account.deploys[jobs["id"]][2]["status"] = "deactivated"
    typed = run("deploy", "--rollback", "--service", "jobs", says="y\n")
    assert typed.code == DONE
    assert "(0ld0ld0, 11-20" in typed.err
    assert "jobs still deploys by itself" in typed.err
    assert posts(account) == [f"/v1/services/{jobs['id']}/rollback"]


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_what_is_not_pushed_is_told_not_to_be_deployed(
    run: Run, account: Account, shop: Path
) -> None:
    git(shop, "init", "-q", "-b", "main")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "First")
    (shop / "later.py").write_text("x = 1\n")
    typed = run("deploy", "--service", "jobs", says="n\n")
    assert "1 commit and 1 changed file of main are here only, and not deployed" in typed.err
    git(shop, "checkout", "-q", "-b", "try")
    assert "are here only" not in run("deploy", "--service", "jobs", says="n\n").err
