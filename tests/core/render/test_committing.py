"""Committing what a person chose, in real repositories."""

import shutil
import sys
from pathlib import Path

import pytest

from core.errors import FAILED, USAGE, FleetError
from core.render.committing import (
    Difference,
    State,
    choose,
    commit,
    holds_secrets,
    read_differences,
)
from core.render.pushing import read_branch
from tests.support.preflight import git, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with a commit, and a file of each kind that is not as it has it."""
    files = {"jobs.py": "x = 1\n", "old.py": "y = 1\n", "same.py": "z = 1\n", "web/a.py": "a = 1\n"}
    made = repository(tmp_path / "shop", files | {".gitignore": "*.log\n"})
    (made / "jobs.py").write_text("x = 2\nx = 3\n")
    (made / "old.py").unlink()
    (made / "web" / "new [1].py").write_text("n = 1\nn = 2")
    (made / "logo.png").write_bytes(b"\x89PNG\0\0")
    (made / "noise.log").write_text("no\n")
    return made


def differences(shop: Path) -> dict[str, Difference]:
    return {each.path: each for each in read_differences(read_branch(shop))}


def chosen(shop: Path, *names: str) -> list[str]:
    branch = read_branch(shop)
    return sorted(each.path for each in choose(read_differences(branch), names, branch, shop))


def send(shop: Path, *names: str, message: str = "Change it") -> str:
    branch = read_branch(shop)
    return commit(branch, choose(read_differences(branch), names, branch, shop), message)


def test_each_file_that_differs_is_told_with_its_lines(shop: Path) -> None:
    assert differences(shop) == {
        "jobs.py": Difference("jobs.py", State.CHANGED, 2, 1),
        "old.py": Difference("old.py", State.DELETED, 0, 1),
        "web/new [1].py": Difference("web/new [1].py", State.NEW, 2, 0),
        "logo.png": Difference("logo.png", State.NEW, None, 0),
    }


def test_files_and_folders_are_chosen_by_name(shop: Path) -> None:
    assert chosen(shop, "jobs.py") == ["jobs.py"]
    assert chosen(shop, "web", "old.py") == ["old.py", "web/new [1].py"]
    assert len(chosen(shop, ".")) == 4
    assert chosen(shop, str(shop / "jobs.py")) == ["jobs.py"]


def test_names_count_from_each_folder_that_is_meant(shop: Path, tmp_path: Path) -> None:
    branch = read_branch(shop)
    for name in ("new [1].py", "web/new [1].py"):
        found = choose(read_differences(branch), [name], branch, tmp_path, shop / "web")
        assert [each.path for each in found] == ["web/new [1].py"]


@pytest.mark.parametrize("name", ["same.py", "noise.log", "nowhere.py", "web/a.py", "../jobs.py"])
def test_what_has_nothing_to_commit_is_told(shop: Path, name: str) -> None:
    with pytest.raises(FleetError, match="has nothing to commit") as caught:
        chosen(shop, "jobs.py", name)
    assert caught.value.exit_code == USAGE


def test_what_was_chosen_is_committed_and_nothing_else(shop: Path) -> None:
    (shop / "staged.py").write_text("s = 1\n")
    git(shop, "add", "staged.py")
    oid = send(shop, "jobs.py", "old.py", "web", message="Change it -- all\n\nWith a body")
    assert read_branch(shop).oid == oid
    assert git(shop, "log", "-1", "--format=%s").strip() == "Change it -- all"
    names = git(shop, "show", "--name-only", "--format=").split("\n")
    assert sorted(filter(None, names)) == ["jobs.py", "old.py", "web/new [1].py"]
    assert set(differences(shop)) == {"logo.png", "staged.py"}


@pytest.mark.skipif(sys.platform == "win32", reason="a hook is a script of sh")
def test_a_hook_that_refuses_leaves_everything_as_it_was(shop: Path) -> None:
    before = git(shop, "status", "--porcelain")
    hook = shop / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho 'lint: web is ugly' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(FleetError, match="nothing was committed") as caught:
        send(shop, ".")
    assert caught.value.why == "lint: web is ugly"
    assert caught.value.exit_code == FAILED
    assert git(shop, "status", "--porcelain") == before


def test_who_commits_has_to_be_known(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("user.name", "user.email"):
        git(shop, "config", name, "")
    for who in ("AUTHOR", "COMMITTER"):
        for what in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_{who}_{what}", raising=False)
    with pytest.raises(FleetError, match="nothing was committed") as caught:
        send(shop, "jobs.py")
    assert caught.value.why.startswith("fatal: ")


def test_a_commit_without_a_message_is_refused(shop: Path) -> None:
    with pytest.raises(FleetError, match="nothing was committed") as caught:
        send(shop, "jobs.py", message=" \n")
    assert "-m MESSAGE" in caught.value.fix


def test_a_conflict_is_not_committed(shop: Path) -> None:
    git(shop, "checkout", "-q", ".")
    git(shop, "checkout", "-q", "-b", "other")
    for branch, text in (("other", "x = 5\n"), ("main", "x = 6\n")):
        git(shop, "checkout", "-q", branch)
        (shop / "jobs.py").write_text(text)
        git(shop, "commit", "-q", "-a", "-m", branch)
    with pytest.raises(Exception, match="merge"):
        git(shop, "merge", "-q", "other")
    with pytest.raises(FleetError, match=r"jobs.py cannot be committed"):
        chosen(shop, "jobs.py")
    with pytest.raises(FleetError, match="nothing was committed") as caught:
        send(shop, "logo.png")
    assert "Finish the merge first" in caught.value.fix
    assert differences(shop)["logo.png"].state is State.NEW


def test_secrets_are_not_committed(shop: Path) -> None:
    (shop / "web" / ".env.production").write_text("KEY=hunter2\n")
    (shop / ".env.example").write_text("KEY=\n")
    with pytest.raises(FleetError, match=r"web/.env.production was not committed") as caught:
        chosen(shop, ".")
    assert "render env --push" in caught.value.fix
    assert chosen(shop, ".env.example") == [".env.example"]


@pytest.mark.parametrize(
    ("path", "secret"),
    [
        *((path, True) for path in (".env", "a/.env.local", "key.pem", "id_rsa")),
        *((path, False) for path in (".env.sample", "env.py", "id_card.py", ".envrc")),
    ],
)
def test_names_of_files_with_secrets_are_known(path: str, secret: bool) -> None:
    assert holds_secrets(path) is secret
