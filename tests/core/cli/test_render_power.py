"""`solofleet render suspend`, `resume` and `restart`, on an account of the test."""

import json

from core.errors import DONE, USAGE
from tests.render_fake.account import Account, Json
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")


def service(account: Account, name: str) -> Json:
    return next(each for each in account.services.values() if each["name"] == name)


def posts(account: Account) -> list[str]:
    return [each.url.path for each in account.requests if each.method == "POST"]


def test_a_worker_is_suspended_and_resumed_when_somebody_agrees(run: Run, account: Account) -> None:
    jobs = service(account, "jobs")
    typed = run("suspend", says="y\n")
    assert (typed.code, jobs["suspended"]) == (DONE, "suspended")
    assert f"suspend jobs ({jobs['id']}, workspace Shop): all of its instances stop?" in typed.err
    assert "note: What is sent to it waits in its queues" in typed.err
    assert "jobs: Render was asked to suspend it" in typed.out
    typed = run("resume", says="y\n")
    assert (typed.code, jobs["suspended"]) == (DONE, "not_suspended")


def test_without_a_yes_nothing_is_sent(run: Run, account: Account) -> None:
    for verb in ("suspend", "restart"):
        typed = run(verb, says="n\n")
        assert typed.code == USAGE
        assert f"not done: {verb} jobs" in typed.err
    assert posts(account) == []


def test_services_may_be_named_and_all_are_asked_for_first(run: Run, account: Account) -> None:
    both = ("--service", "api", "--service", "jobs")
    assert run("restart", *both, says="y\nn\n").code == USAGE
    assert posts(account) == []
    typed = run("restart", *both, "--yes", "--json")
    told = [json.loads(line) for line in typed.out.splitlines()]
    assert told == [
        {"kind": "changed", "service": "api", "restarted": True},
        {"kind": "changed", "service": "jobs", "restarted": True},
    ]


def test_what_is_not_suspended_is_not_resumed(run: Run, account: Account) -> None:
    typed = run("resume", "--yes")
    assert typed.code == USAGE
    assert "it is not suspended" in typed.err
    assert posts(account) == []
