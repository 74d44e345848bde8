"""`solofleet render create`, on an account of the test."""

import json
import shutil
from pathlib import Path

import pytest

from core.errors import DONE, USAGE
from tests.render_fake.account import Account
from tests.support.preflight import git
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")

PAGE = "https://dashboard.render.com/blueprint/new?repo=https://github.com/example/shop"


@pytest.fixture(autouse=True)
def pushed(shop: Path, account: Account) -> None:
    """The shop is a repository that GitHub has, and only its web service is on Render."""
    del account.services[
        next(id for id, each in account.services.items() if each["name"] == "jobs")
    ]
    git(shop, "init", "-q", "-b", "main")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "First")
    git(shop, "remote", "add", "origin", "git@github.com:example/shop.git")
    git(shop, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(shop, "branch", "-q", "--set-upstream-to=origin/main")


def test_the_way_through_the_dashboard_is_shown(run: Run, account: Account) -> None:
    typed = run("create")
    assert typed.code == DONE
    lines = typed.out.splitlines()
    assert lines[0] == "the workspace Shop has no jobs"
    assert f"  {PAGE}" in lines
    assert any(line.startswith("    1. main is pushed to origin") for line in lines)
    assert all(each.method == "GET" for each in account.requests)


def test_the_page_is_opened_on_request(
    run: Run, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    told = json.loads(run("create", "--open", "--json").out)
    assert opened == [PAGE] == [told["page"]]
    assert told["missing"] == ["jobs"]


def test_by_the_api_each_thing_is_named_and_asked_for(
    run: Run, account: Account, shop: Path
) -> None:
    account.add_group("shop", {})
    assert run("create", "--api", says="y\nn\n").code == USAGE
    assert account.key_values == {}
    typed = run("create", "--api", says="y\ny\n")
    assert typed.code == DONE
    assert "make the Key Value queue (starter, oregon, noeviction)" in typed.err
    assert "make the background worker jobs (starter)" in typed.err
    assert "jobs: the service is made, and deployed" in typed.out
    assert "has all services" in run("create").out
    assert "nothing is to be made" in run("create", "--api").err
    account.broken.clear()  # its render.yaml has no build command, which Render would want


def test_what_is_not_pushed_is_not_made(run: Run, account: Account, shop: Path) -> None:
    (shop / "later.py").write_text("x = 1\n")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "Later")
    typed = run("create", "--api", "--yes")
    assert typed.code == USAGE
    assert "solofleet render push" in typed.err


def test_a_repository_that_render_cannot_read_is_told(
    run: Run, account: Account, shop: Path
) -> None:
    git(shop, "remote", "set-url", "origin", str(shop.parent / "far.git"))
    for words in ((), ("--api",)):
        typed = run("create", *words)
        assert typed.code == USAGE
        assert "Render cannot connect" in typed.err
