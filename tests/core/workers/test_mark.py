"""Processes by number and start time."""

import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from core.workers import mark
from core.workers.mark import Mark, end_trees, mark_of_this_process

pytestmark = pytest.mark.usefixtures("nothing_left")


@pytest.fixture
def family() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a child."""
    sleep = "import time; time.sleep(100)"
    program = (
        "import subprocess, sys\n"
        f"held = subprocess.Popen([sys.executable, '-c', '{sleep}'])\n"
        f"print(held.pid, flush=True); {sleep}"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_a_mark_finds_its_process() -> None:
    mine = mark_of_this_process("me")
    assert mine.process() == psutil.Process()
    assert mine.title == "me"


def test_a_later_process_with_the_same_number_is_not_it() -> None:
    mine = mark_of_this_process("me")
    assert Mark("me", mine.pid, mine.created_at - 10).process() is None
    assert Mark("me", mine.pid, mine.created_at - 0.5).process() is not None


def test_a_process_that_is_gone_is_not_found() -> None:
    assert Mark("nobody", 4194303, 1.0).process() is None


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_a_zombie_is_gone(are_gone) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    marked = Mark("zombie", process.pid, psutil.Process(process.pid).create_time())
    assert marked.process() is not None
    process.kill()
    assert are_gone([process.pid])
    assert marked.process() is None
    process.communicate()


def test_a_process_that_goes_while_it_is_looked_at_is_gone(monkeypatch) -> None:
    def gone(self: psutil.Process) -> str:
        raise psutil.NoSuchProcess(self.pid)

    monkeypatch.setattr(mark.psutil.Process, "status", gone)
    monkeypatch.setattr(mark.psutil.Process, "is_running", gone)
    assert mark_of_this_process("me").process() is None


def test_a_tree_is_ended_whole(family: subprocess.Popen[bytes], are_gone) -> None:
    assert family.stdout is not None
    pid = int(family.stdout.readline())
    root = Mark("root", family.pid, psutil.Process(family.pid).create_time())
    end_trees([root, Mark("nobody", 4194303, 1.0)], 5.0)
    assert are_gone([family.pid, pid])


def test_a_process_whose_children_are_secret_is_ended_alone(
    family: subprocess.Popen[bytes], are_gone, monkeypatch
) -> None:
    assert family.stdout is not None
    pid = int(family.stdout.readline())
    child = psutil.Process(pid)

    def denied(self: psutil.Process, recursive: bool) -> list[psutil.Process]:
        raise psutil.AccessDenied

    monkeypatch.setattr(mark.psutil.Process, "children", denied)
    end_trees([Mark("root", family.pid, psutil.Process(family.pid).create_time())], 5.0)
    monkeypatch.undo()
    assert are_gone([family.pid])
    assert child.is_running()
    child.kill()
    child.wait(5)
