"""Pushing a branch, from real repositories to real bare ones."""

import shutil
import sys
from pathlib import Path

import pytest

from core.errors import FAILED, USAGE, FleetError
from core.render.pushing import choose_remote, push, read_branch
from tests.support.preflight import git, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with one commit, that knows no remote."""
    return repository(tmp_path / "shop", {"jobs.py": "x = 1\n"})


def add_remote(shop: Path, name: str = "origin") -> Path:
    """An empty bare repository, known to the shop."""
    bare = shop.parent / f"{name}.git"
    git(shop.parent, "init", "-q", "--bare", "-b", "main", str(bare))
    git(shop, "remote", "add", name, str(bare))
    return bare


def commit(folder: Path, name: str) -> None:
    (folder / name).write_text("y = 2\n")
    git(folder, "add", name)
    git(folder, "commit", "-q", "-m", f"Add {name}")


def send(shop: Path, remote: str | None = None) -> str:
    branch = read_branch(shop)
    return push(branch, choose_remote(branch, remote))


def test_a_first_push_makes_the_branch_follow(shop: Path) -> None:
    bare = add_remote(shop)
    branch = read_branch(shop)
    assert (branch.name, branch.upstream, branch.ahead, branch.behind) == ("main", None, 1, 0)
    assert send(shop) == "[new branch]"
    branch = read_branch(shop)
    assert (branch.upstream, branch.ahead) == ("origin/main", 0)
    assert git(bare, "rev-parse", "main").strip() == branch.oid


def test_commits_ahead_are_counted_and_pushed_and_other_files_are_not(shop: Path) -> None:
    bare = add_remote(shop)
    send(shop)
    commit(shop, "a.py")
    commit(shop, "b.py")
    (shop / "jobs.py").write_text("x = 2\n")
    (shop / "new file.txt").write_text("not yet")
    branch = read_branch(shop)
    assert (branch.ahead, branch.changed) == (2, ("jobs.py", "new file.txt"))
    before = git(bare, "rev-parse", "--short", "main").strip()
    assert send(shop).startswith(before)
    assert git(bare, "log", "--format=%s", "main").split("\n")[0] == "Add b.py"


def test_what_others_pushed_meanwhile_is_never_overwritten(shop: Path, tmp_path: Path) -> None:
    bare = add_remote(shop)
    send(shop)
    git(tmp_path, "clone", "-q", str(bare), "other")
    commit(tmp_path / "other", "theirs.py")
    git(tmp_path / "other", "push", "-q")
    commit(shop, "ours.py")
    with pytest.raises(FleetError, match="main was not pushed to origin") as caught:
        send(shop)
    assert "has commits of main that are not here" in caught.value.why
    assert "git pull --rebase origin main" in caught.value.fix
    assert caught.value.exit_code == FAILED
    assert "theirs.py" in git(bare, "log", "--format=%s", "main")
    git(shop, "fetch", "-q")
    branch = read_branch(shop)
    assert (branch.ahead, branch.behind) == (1, 1)
    with pytest.raises(FleetError, match="main was not pushed") as caught:
        send(shop)
    assert "non-fast-forward" in caught.value.why


def test_without_a_remote_it_is_told_how_to_get_one(shop: Path) -> None:
    with pytest.raises(FleetError, match="cannot be pushed") as caught:
        send(shop)
    assert "git remote add origin" in caught.value.fix
    assert caught.value.exit_code == USAGE


def test_of_two_remotes_one_is_named_until_the_branch_follows_one(shop: Path) -> None:
    add_remote(shop)
    add_remote(shop, "backup")
    with pytest.raises(FleetError) as caught:
        send(shop)
    assert "origin (" in caught.value.why and "backup (" in caught.value.why
    assert "--remote" in caught.value.fix
    assert send(shop, "backup") == "[new branch]"
    assert choose_remote(read_branch(shop), None).name == "backup"
    with pytest.raises(FleetError, match="cannot be pushed") as caught:
        send(shop, "nowhere")
    assert "there is no remote nowhere" in caught.value.why


def test_a_password_in_an_address_is_not_shown(shop: Path) -> None:
    git(shop, "remote", "add", "origin", "https://me:hunter2@127.0.0.1:9/shop.git")
    branch = read_branch(shop)
    with pytest.raises(FleetError) as caught:
        push(branch, choose_remote(branch, None))
    assert "hunter2" not in repr(branch) + str(caught.value)
    assert "127.0.0.1:9" in caught.value.what


def test_a_repository_that_is_gone_is_told(shop: Path) -> None:
    shutil.rmtree(add_remote(shop))
    with pytest.raises(FleetError) as caught:
        send(shop)
    assert "does not appear to be a git repository" in caught.value.why


@pytest.mark.skipif(sys.platform == "win32", reason="a hook is a script of sh")
def test_a_rule_of_the_remote_is_told(shop: Path) -> None:
    hook = add_remote(shop) / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(FleetError) as caught:
        send(shop)
    assert "pre-receive hook declined" in caught.value.why
    assert "protected branch" in caught.value.fix


def test_without_a_branch_or_a_commit_nothing_is_pushed(shop: Path, tmp_path: Path) -> None:
    git(shop, "checkout", "-q", "--detach")
    with pytest.raises(FleetError, match="cannot be pushed") as caught:
        read_branch(shop)
    assert "git switch" in caught.value.fix
    git(tmp_path, "init", "-q", "empty")
    with pytest.raises(FleetError, match="cannot be pushed") as caught:
        read_branch(tmp_path / "empty")
    assert "no commit yet" in caught.value.why
