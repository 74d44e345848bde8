"""`solofleet export`, as it is typed."""

import os
import sys
from pathlib import Path

import pytest

from core.cli.program import main
from core.errors import FAILED
from core.workers.names import this_host
from tests.support.projects import TASKY

HERE = ("export", str(TASKY), "-A", "tasky", "--python", sys.executable, "-n", "2")


def test_a_procfile_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*HERE, "--format", "procfile"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        f"worker1: celery -A tasky worker --pool=solo -n worker1@{this_host()} --loglevel=info -E"
    )


@pytest.mark.parametrize(
    ("form", "start"),
    [("bat", b"@echo off\r\n"), ("ps1", b"\xef\xbb\xbf# "), ("sh", b"#!/bin/sh\n")],
)
def test_a_script_is_written_as_its_shell_reads_it(
    tmp_path: Path, form: str, start: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"fleet.{form}"
    assert main([*HERE, "--format", form, "--output", str(file)]) == 0
    data = file.read_bytes()
    assert data.startswith(start)
    assert data.count(b"--pool=solo") == 2
    assert (b"\r\n" in data) is (form != "sh")
    assert f"written to {file}" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*HERE, "--format", "sh", "--output", str(tmp_path / "no" / "x")]) == FAILED
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are Unicode there")
def test_a_folder_whose_name_is_no_utf_8_stands_in_the_script_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    (folder / "proj.py").write_text("from celery import Celery\napp = Celery()\n", "utf-8")
    file = tmp_path / "fleet.sh"
    words = ("export", str(folder), "--python", sys.executable, "--format", "sh")
    assert main([*words, "--output", str(file)]) == 0
    assert b"caf\xe9' && exec" in file.read_bytes()
