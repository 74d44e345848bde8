"""What goes wrong with Render, typed as a person types it: each has a clear error, in three parts.

The last test searches for the key in all that was written, printed or handed to a child.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.errors import DONE, FAILED, UNAVAILABLE, USAGE
from tests.render_fake.account import KEY, Account, Json
from tests.support.preflight import git
from tests.support.program import homes
from tests.support.render_cli import Run, Typed, account, run, served, shop

__all__ = ("account", "run", "served", "shop")

CUT = httpx.ReadError("reset by peer")


@pytest.fixture(autouse=True)
def own_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in homes(tmp_path / "home").items():
        monkeypatch.setenv(name, value)


def service(account: Account, name: str = "jobs") -> Json:
    return next(each for each in account.services.values() if each["name"] == name)


def told(typed: Typed, code: int, what: str, why: str, fix: str) -> None:
    """The three parts, each with these words in it."""
    assert typed.code == code, typed.err
    first, _, rest = typed.err[typed.err.index(what) :].partition("\n  why: ")
    reason, _, cure = rest.partition("\n  fix: ")
    assert what in first
    assert why in reason
    assert fix in cure


VERBS: Sequence[tuple[str, ...]] = (
    ("status",),
    ("metrics",),
    ("logs",),
    ("deploy", "--yes"),
    ("scale", "--instances", "2", "--yes"),
    ("restart", "--yes"),
    ("suspend", "--yes"),
)


@pytest.mark.parametrize("words", VERBS, ids=[words[0] for words in VERBS])
def test_an_expired_or_wrong_key(run: Run, account: Account, words: tuple[str, ...]) -> None:
    account.key = "rnd_another"
    told(run(*words), USAGE, "were not listed", "the key is wrong, or was revoked", "render login")


def test_no_key_at_all(run: Run, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENDER_API_KEY", "")
    told(run("status"), USAGE, "there is no key", "RENDER_API_KEY is not set", "render login")
    assert account.requests == []


@pytest.mark.parametrize(
    ("words", "method", "what"),
    [
        (("restart",), "POST", "jobs was not restarted"),
        (("suspend",), "POST", "jobs was not suspended"),
        (("scale", "--instances", "2"), "POST", "jobs was not scaled"),
        (("scale", "--max", "4", "--cpu", "60"), "PUT", "jobs does not scale"),
        (("deploy", "--service", "jobs"), "POST", "jobs was not deployed"),
    ],
)
def test_no_permission(
    run: Run, account: Account, words: tuple[str, ...], method: str, what: str
) -> None:
    account.plan(method, "/services/.*", 403, "forbidden")
    told(run(*words, "--yes"), FAILED, what, "account may not do this", "Ask an admin")


def test_a_plan_that_is_refused(run: Run, account: Account) -> None:
    account.plan("PATCH", ".*", 402, {"message": "this plan needs a payment method"})
    typed = run("scale", "--plan", "standard", "--yes")
    told(typed, FAILED, "jobs was not changed", "payment method", "Choose another plan")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("deploy", "--service", "jobs"), "jobs was not deployed"),
        (("scale", "--instances", "2"), "jobs was not scaled"),
    ],
)
def test_a_suspended_service(run: Run, account: Account, words: tuple[str, ...], what: str) -> None:
    service(account)["suspended"] = "suspended"
    told(run(*words, "--yes"), FAILED, what, "suspended", "Resume the service first")


def test_a_restart_of_a_suspended_service_asks_render_nothing(run: Run, account: Account) -> None:
    service(account)["suspended"] = "suspended"
    told(run("restart", "--yes"), USAGE, "jobs was not restarted", "suspended", "render resume")
    assert all(each.method == "GET" for each in account.requests)


def test_a_network_that_is_lost_in_mid_deploy(run: Run, account: Account) -> None:
    account.cut("GET", "/services/[^/]+/events", CUT, 2)
    account.cut("GET", "/logs", CUT, 2)
    typed = run("deploy", "--service", "jobs", "--yes")
    assert typed.code == DONE
    assert typed.out.count("Running build command") == 1
    assert " live, commit f00df00" in typed.out


def test_a_network_that_is_lost_when_something_is_changed(run: Run, account: Account) -> None:
    account.cut("POST", ".*/restart", CUT, done=True)
    typed = run("restart", "--yes")
    told(typed, UNAVAILABLE, "jobs was not restarted", "no answer", "is not known")
    assert sum(each.method == "POST" for each in account.requests) == 1


def test_a_service_that_is_not_there(run: Run, account: Account) -> None:
    account.services.clear()
    told(run("restart", "--yes"), USAGE, "jobs is not on Render", "no background worker", "Connect")


def test_several_workspaces(run: Run, account: Account) -> None:
    account.owners.append({**account.owners[0], "id": "tea-2", "name": "Bakery"})
    for each in account.services.values():
        each["name"] += "-2"
    told(run("status"), USAGE, "several workspaces", "Shop (tea-shop), Bakery", "--owner NAME")
    assert run("status", "--owner", "Shop").code == DONE


def test_huge_logs(run: Run, account: Account) -> None:
    for number in range(2500):
        account.log(service(account), f"line {number} " + "x" * 200)
    typed = run("logs", "-n", "2000")
    assert typed.code == DONE
    lines = [line.partition(" | line ")[2].split()[0] for line in typed.out.splitlines()]
    assert lines == [str(number) for number in range(500, 2500)]


def test_a_clock_that_is_off(run: Run, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    there = datetime.now(UTC) + timedelta(minutes=10)
    stamp = there.strftime("%a, %d %b %Y %H:%M:%S GMT")
    monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda *_: stamp)
    typed = run("metrics", "--service", "jobs")
    assert typed.code == DONE
    assert "the clock of this machine is 10 min behind Render's" in typed.err
    asked = datetime.fromisoformat(account.requests[-1].url.params["endTime"])
    assert abs(asked - there) < timedelta(minutes=1)


@pytest.fixture
def repository(shop: Path) -> Path:
    """The shop as a repository with a commit."""
    git(shop, "init", "-q", "-b", "main")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "First")
    return shop


def far(repository: Path, name: str) -> Path:
    bare = repository.parent / f"{name}.git"
    git(repository.parent, "init", "-q", "--bare", "-b", "main", str(bare))
    git(repository, "remote", "add", name, str(bare))
    return bare


def test_a_name_that_is_taken_by_another_kind_of_service(
    run: Run, repository: Path, account: Account
) -> None:
    service(account)["type"] = "private_service"
    account.add_key_value("queue")
    git(repository, "remote", "add", "origin", "https://github.com/example/shop")
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(repository, "branch", "-q", "--set-upstream-to=origin/main")
    assert "no jobs" in run("create").out
    typed = run("create", "--api", "--yes")
    told(typed, FAILED, "the service jobs was not created", "the name is taken", "another name")
    account.broken.clear()  # its render.yaml has no build command, which Render would want


def test_no_remote(run: Run, repository: Path) -> None:
    typed = run("push", "--yes")
    told(typed, USAGE, "cannot be pushed", "git knows no remote", "git remote add origin")


def test_two_remotes(run: Run, repository: Path) -> None:
    for name in ("origin", "backup"):
        far(repository, name)
    typed = run("push", "--yes")
    told(typed, USAGE, "cannot be pushed", "main follows none of several", "--remote NAME")
    assert run("push", "--yes", "--remote", "backup").code == DONE


def test_a_branch_that_others_have_pushed_to(run: Run, repository: Path, tmp_path: Path) -> None:
    bare = far(repository, "origin")
    assert run("push", "--yes").code == DONE
    git(tmp_path, "clone", "-q", str(bare), "other")
    for folder, name in ((tmp_path / "other", "theirs.py"), (repository, "ours.py")):
        (folder / name).write_text("x = 1\n")
        git(folder, "add", name)
        git(folder, "commit", "-q", "-m", name)
    git(tmp_path / "other", "push", "-q")
    typed = run("push", "--yes")
    told(typed, FAILED, "main was not pushed to origin", "has commits of main", "git pull --rebase")


def test_no_branch(run: Run, repository: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    typed = run("push", "--yes")
    told(typed, USAGE, "cannot be pushed", "without a branch", "git switch main")


def test_no_repository(run: Run, shop: Path) -> None:
    typed = run("push", "--yes")
    assert typed.code != DONE
    assert "why: " in typed.err
    assert "not a git repository" in typed.err


class Watch:
    """Hears the words of every child that this process starts, while `on`."""

    on = False
    heard: list[str]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """An audit hook stays for good, so it hears nothing afterwards."""
    watch = Watch()
    watch.heard = []

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if watch.on and event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn"):
            watch.heard.append(repr(arguments[:2]))

    sys.addaudithook(hear)
    watch.on = True
    yield watch
    watch.on = False


def test_the_key_is_in_no_file_no_output_and_no_argument(
    run: Run,
    repository: Path,
    account: Account,
    watch: Watch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    far(repository, "origin")
    account.add_deploy(service(account), ("live",))
    account.kill_for_memory(service(account))
    verbs = [
        *VERBS,
        ("resume", "--yes"),
        ("create",),
        ("create", "--api", "--yes"),
        ("push", "--yes"),
    ]
    verbs += [("status", "--json"), ("env", "--online"), ("blueprint", "--validate")]
    typed = [run(*words) for words in verbs]
    account.plan("POST", ".*/restart", 400, f"what is Bearer {KEY}?")
    typed.append(run("restart", "--yes"))
    account.cut("GET", "/owners", httpx.ReadError(f"lost Bearer {KEY}"), 4)
    said = "".join(each.out + each.err for each in typed) + caplog.text + "".join(watch.heard)
    assert any(each.headers["authorization"] == f"Bearer {KEY}" for each in account.requests)
    assert "git" in "".join(watch.heard)
    assert KEY not in said
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert files
    assert [each for each in files if KEY.encode() in each.read_bytes()] == []
