"""`solofleet render push`, to a bare repository."""

import json
import shutil
from pathlib import Path

import pytest

from core.cli.program import main
from core.cli.render_push import push_lines
from core.errors import DONE, USAGE
from core.render.pushing import Branch, Remote
from tests.support.preflight import git, repository
from tests.support.render_cli import BLUEPRINT, Keyboard

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with one commit that its remote does not have."""
    made = repository(tmp_path / "shop", {"render.yaml": BLUEPRINT})
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "far.git")
    git(made, "remote", "add", "origin", str(tmp_path / "far.git"))
    return made


def test_the_target_is_named_and_asked_for(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (shop / "later.py").write_text("x = 1\n")
    for says, code in (("n\n", USAGE), ("y\n", DONE)):
        monkeypatch.setattr("sys.stdin", Keyboard(says))
        assert main(["render", "push", str(shop)]) == code
        seen = capfd.readouterr()
        assert f"push 1 commit of main to origin ({shop.parent / 'far.git'})?" in seen.err
        assert "not pushed  1 file, not committed:\n              later.py" in seen.err
    assert "pushed main to origin: [new branch]" in seen.out
    assert git(shop.parent / "far.git", "log", "--format=%s").strip() == "First"


def test_what_is_there_already_is_not_pushed_again(
    shop: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "push", str(shop), "--yes"]) == DONE
    capfd.readouterr()
    assert main(["render", "push", str(shop), "--json"]) == DONE
    told = json.loads(capfd.readouterr().out)
    assert (told["kind"], told["branch"], told["pushed"]) == ("push", "main", None)


def test_chosen_files_are_shown_committed_and_pushed(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (shop / "later.py").write_text("x = 1\n")
    (shop / "never.py").write_text("x = 1\n")
    monkeypatch.chdir(shop)
    words = ["render", "push", ".", "--commit", "later.py"]
    monkeypatch.setattr("sys.stdin", Keyboard("Add later\nn\n"))
    assert main(words) == USAGE
    assert "not done: commit 1 file to main" in capfd.readouterr().err
    monkeypatch.setattr("sys.stdin", Keyboard("y\ny\n"))
    assert main([*words, "-m", "Add later"]) == DONE
    seen = capfd.readouterr()
    assert "message     Add later\n            new  later.py  +1  -0\n" in seen.err
    assert f"commit 1 file to main of {shop}?" in seen.err
    assert "push 2 commits of main to origin" in seen.err
    assert git(shop.parent / "far.git", "log", "-1", "--format=%s").strip() == "Add later"
    assert "not pushed  1 file, not committed:\n              never.py" in seen.err


def test_nobody_to_ask_for_a_message_commits_nothing(
    shop: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (shop / "later.py").write_text("x = 1\n")
    assert main(["render", "push", str(shop), "--commit", str(shop / "later.py"), "--yes"]) == USAGE
    assert "a commit needs a message" in capfd.readouterr().err


def test_another_branch_than_render_deploys_is_told() -> None:
    remote = Remote("origin", "https://github.com/example/shop")
    changed = tuple(f"{n}.py" for n in range(7))
    branch = Branch(Path("shop"), "try", "0" * 40, "origin/try", 2, 1, changed, (remote,))
    assert list(push_lines(branch, remote, ("main",))) == [
        "repository  shop",
        "branch      try, 2 commits ahead of origin/try, 1 behind",
        "remote      origin (https://github.com/example/shop)",
        "not pushed  7 files, not committed:",
        *(f"              {n}.py" for n in range(5)),
        "              and 2 more",
        "note        render.yaml deploys main, not try",
    ]
