"""Real trees of processes, looked at."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import psutil
import pytest

from core.workers.sweep import Sample, Sweep, private
from tests.support.waiting import wait_until

MB = 2**20
MADE_UP = "Wine makes up memory and times of other processes"
FAMILY = (
    "import subprocess, sys\n"
    "subprocess.run([sys.executable, '-c',\n"
    "    'data = bytearray(50 * 2**20); print(len(data), flush=True); input()'])\n"
)
BUSY = "print(1, flush=True)\nwhile True: pass"


@pytest.fixture
def start() -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts a child of ours that runs some code and has printed a line."""
    started: list[subprocess.Popen[str]] = []

    def run(code: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    yield run
    for process in started:
        if process.poll() is None:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()
        process.communicate()


def test_a_tree_is_counted_with_its_children(start: Callable[[str], subprocess.Popen[str]]) -> None:
    big, small = start(FAMILY), start("print(1, flush=True); input()")
    found = Sweep().look({"big": big.pid, "small": small.pid})
    assert found["big"].processes >= 2  # more on Windows, where python.exe may start another
    if sys.platform != "win32":  # MADE_UP
        assert found["big"].memory > found["small"].memory + 50 * MB
    assert (found["big"].root, found["small"].root) == (big.pid, small.pid)


@pytest.mark.skipif(sys.platform == "win32", reason=MADE_UP)
def test_processor_time_grows_and_is_its_own(start: Callable[[str], subprocess.Popen[str]]) -> None:
    busy, idle = start(BUSY), start("print(1, flush=True); input()")
    roots = {"busy": busy.pid, "idle": idle.pid}
    sweep = Sweep()
    first = sweep.look(roots)
    last: list[Sample] = []

    def has_grown() -> bool:
        last[:] = [sweep.look(roots)["busy"]]
        return last[0].cpu_s >= first["busy"].cpu_s + 0.2

    wait_until(has_grown, 20, "processor time")
    assert last[0].at > first["busy"].at
    assert sweep.look(roots)["idle"].cpu_s < last[0].cpu_s


def test_what_an_ended_child_used_stays_counted(
    start: Callable[[str], subprocess.Popen[str]],
) -> None:
    parent = start(
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'while True: pass'])\n"
        "print(1, flush=True)\n"
        "input()\n"
        "child.kill()\n"
        "child.wait()\n"
        "print(2, flush=True)\n"
        "input()\n"
    )
    sweep = Sweep()
    roots = {"parent": parent.pid}
    wait_until(lambda: sweep.look(roots)["parent"].cpu_s > 0.3, 20, "a busy child")
    before = sweep.look(roots)["parent"]
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write("\n")
    parent.stdin.flush()
    parent.stdout.readline()
    after = sweep.look(roots)["parent"]
    assert after.processes == before.processes - 1
    assert after.cpu_s >= before.cpu_s


def test_what_has_ended_is_left_out(start: Callable[[str], subprocess.Popen[str]]) -> None:
    child = start("print(1, flush=True); input()")
    sweep = Sweep()
    assert sweep.look({"child": child.pid})
    child.communicate("\n")
    assert sweep.look({"child": child.pid}) == {}


def test_memory_is_what_is_its_own(start: Callable[[str], subprocess.Popen[str]]) -> None:
    child = psutil.Process(start("print(1, flush=True); input()").pid)
    own, resident = private(child), child.memory_info().rss
    assert own > 0
    if sys.platform == "linux":
        assert own < resident
        assert own == pytest.approx(child.memory_full_info().uss, rel=0.15)
