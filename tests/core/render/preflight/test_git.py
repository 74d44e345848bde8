"""What is read of a real repository, and what is told where there is none."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.render.preflight.commit import EXECUTABLE, Commit
from core.render.preflight.git import read_commit
from tests.support.preflight import git, lay_out, repository

HAS_GIT = shutil.which("git") is not None
needs_git = pytest.mark.skipif(not HAS_GIT, reason="there is no git here")
FILES: Mapping[str, str | bytes] = {
    "app.py": "x = 1\n",
    "umlaut ü.txt": "ü\n",
    "start.sh": b"#!/bin/sh\r\n",
    "sub/mod.py": "",
}


def read(folder: Path, program: str | None = None) -> Commit:
    return read_commit(folder, lambda entry: entry.path != "sub/mod.py", program)


@needs_git
def test_head_is_read_with_modes_and_the_bytes_that_are_wanted(tmp_path: Path) -> None:
    repository(tmp_path, FILES)
    git(tmp_path, "update-index", "--chmod=+x", "start.sh")
    git(tmp_path, "commit", "-q", "-m", "Second")
    commit = read(tmp_path)
    assert commit.branch == "main"
    assert set(commit.entries) == set(FILES)
    assert commit.entries["start.sh"].mode == EXECUTABLE
    assert commit.contents == {
        "app.py": b"x = 1\n",
        "umlaut ü.txt": "ü\n".encode(),
        "start.sh": b"#!/bin/sh\r\n",
    }
    assert commit.top.samefile(tmp_path)


@needs_git
def test_a_dirty_tree_is_told_and_head_is_what_counts(tmp_path: Path) -> None:
    repository(tmp_path, FILES)
    lay_out(tmp_path, {"app.py": "x = 2\n", "new.py": "", "added.py": ""})
    git(tmp_path, "add", "added.py")
    commit = read(tmp_path)
    assert commit.contents["app.py"] == b"x = 1\n"
    assert set(commit.changed) == {"app.py", "added.py"}
    assert commit.loose == {"new.py", "added.py"}


@needs_git
def test_python_that_is_ignored_is_known_and_environments_are_not_walked(tmp_path: Path) -> None:
    repository(tmp_path, {**FILES, ".gitignore": "lib/\n.venv/\nlocal.py\n__pycache__/\n"})
    lay_out(
        tmp_path,
        {
            "lib/a.py": "",
            "lib/__pycache__/b.py": "",
            ".venv/pyvenv.cfg": "",
            ".venv/c.py": "",
            "local.py": "",
        },
    )
    assert read(tmp_path).loose == {"lib/a.py", "local.py"}


@needs_git
def test_a_folder_of_the_repository_is_known_by_its_way_from_the_top(tmp_path: Path) -> None:
    repository(tmp_path, FILES)
    commit = read(tmp_path / "sub")
    assert commit.folder == "sub"
    assert "app.py" in commit.entries


@needs_git
def test_a_detached_head_has_no_branch(tmp_path: Path) -> None:
    repository(tmp_path, FILES)
    git(tmp_path, "checkout", "-q", "--detach")
    commit = read(tmp_path)
    assert commit.branch is None
    assert commit.oid == git(tmp_path, "rev-parse", "HEAD").strip()


@needs_git
def test_a_submodule_is_told_and_not_read(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner", {"lib.py": ""})
    outer = repository(tmp_path / "outer", FILES)
    allowed = ("-c", "protocol.file.allow=always")
    git(outer, *allowed, "submodule", "add", "-q", str(inner), "vendored")
    git(outer, "commit", "-q", "-m", "Second")
    commit = read(outer)
    assert commit.submodules == ("vendored",)
    assert "vendored" not in commit.entries


@needs_git
def test_attributes_that_ask_for_crlf_are_known(tmp_path: Path) -> None:
    repository(tmp_path, {"a.sh": "#!/bin/sh\n", ".gitattributes": "*.sh text eol=crlf\n"})
    assert read(tmp_path).as_crlf == {"a.sh"}


@needs_git
def test_a_repository_without_a_commit_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(FleetError) as told:
        read(tmp_path)
    assert "has no commit yet" in told.value.what
    assert "git commit" in told.value.fix
    assert told.value.exit_code == USAGE


@needs_git
def test_a_folder_that_is_in_no_repository_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(FleetError) as told:
        read(tmp_path)
    assert "is not in a git repository" in told.value.what
    assert "git init" in told.value.fix


@needs_git
def test_a_bare_repository_has_no_project(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare")
    with pytest.raises(FleetError, match="bare repository"):
        read(tmp_path)


@needs_git
def test_what_a_repository_would_have_git_run_is_not_run(tmp_path: Path) -> None:
    repository(tmp_path, FILES)
    mark = tmp_path.parent / "ran"
    git(tmp_path, "config", "core.fsmonitor", f"touch {mark}")
    read(tmp_path)
    assert not mark.exists()


def test_without_git_the_way_to_get_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FleetError) as told:
        read(tmp_path)
    assert told.value.what == "git was not found"
    assert "winget install Git.Git" in told.value.fix


def test_a_git_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    with pytest.raises(FleetError, match="git cannot read"):
        read(tmp_path, str(tmp_path / "no-such-program"))


@needs_git
def test_a_git_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("git", 60)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(FleetError, match="said nothing within 60 s"):
        read(tmp_path)


@needs_git
def test_a_repository_that_is_broken_is_told_with_the_words_of_git(tmp_path: Path) -> None:
    repository(tmp_path, FILES)
    shutil.rmtree(tmp_path / ".git" / "objects")
    (tmp_path / ".git" / "objects").mkdir()
    with pytest.raises(FleetError) as told:
        read(tmp_path)
    assert "git" in told.value.fix
