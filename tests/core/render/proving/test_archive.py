"""The commit as a tar file."""

import shutil
import tarfile
from pathlib import Path

import pytest

from core.render.preflight.git import read_commit
from core.render.proving.archive import write_archive
from tests.support.preflight import git, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")

FILES = {
    ".gitattributes": "* text=auto\ntests export-ignore\nrun.cmd eol=crlf\n",
    "main.py": "x = 1\n",
    "run.cmd": "dir\n",
    "tests/test_x.py": "y = 2\n",
}


def test_it_has_what_a_checkout_on_linux_has(tmp_path: Path) -> None:
    top = repository(tmp_path / "p", FILES)
    git(top, "config", "core.autocrlf", "true")  # as on Windows
    (top / "main.py").write_text("changed", "utf-8")
    commit = read_commit(top, lambda entry: False)
    file = tmp_path / "commit.tar"
    write_archive(commit, file)
    with tarfile.open(file) as tar:
        found = {each.name: tar.extractfile(each) for each in tar if each.isfile()}
        contents = {name: stream.read() for name, stream in found.items() if stream}
    assert contents == {
        **{name: text.encode() for name, text in FILES.items()},
        "run.cmd": b"dir\r\n",
    }


def test_modes_of_what_archives_leave_out_are_kept(tmp_path: Path) -> None:
    top = repository(
        tmp_path / "p", {".gitattributes": "run.sh export-ignore\n", "run.sh": "#!/bin/sh\n"}
    )
    git(top, "update-index", "--chmod=+x", "run.sh")
    git(top, "commit", "-q", "-m", "x")
    file = tmp_path / "commit.tar"
    write_archive(read_commit(top, lambda entry: False), file)
    with tarfile.open(file) as tar:
        assert tar.getmember("run.sh").mode == 0o755
