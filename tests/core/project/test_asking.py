"""A program that is asked something, and one that does not answer."""

import os
import sys
from pathlib import Path

import psutil
import pytest

from core.project import asking
from core.project.asking import Answer, ask_program

HANGS = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
child.wait()
"""


async def test_what_it_says_and_its_code_are_told() -> None:
    code = "import sys; sys.stdout.write('out'); sys.stderr.write('err'); sys.exit(3)"
    answer = await ask_program((sys.executable, "-c", code), os.environ, deadline_s=30)
    assert answer == Answer(3, b"out", b"err")


async def test_what_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await ask_program((str(tmp_path / "gone"),), os.environ, deadline_s=30)


async def test_a_child_that_keeps_the_pipes_of_one_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_KILLED_S", 0.1)
    file = tmp_path / "pid"
    with pytest.raises(TimeoutError):
        await ask_program((sys.executable, "-c", HANGS, str(file)), os.environ, deadline_s=3)
    child = psutil.Process(int(file.read_text()))
    assert child.status() != psutil.STATUS_ZOMBIE
    child.kill()
