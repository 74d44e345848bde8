"""Peaks of real processes, however short."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from core.render.plans import MB
from core.render.sizing.peaks import Peaks, tree

CHILD = """
import sys
for line in sys.stdin:
    held = bytearray(int(line) * 2**20)
    held[::4096] = b"x" * len(held[::4096])
    del held
    print("done", flush=True)
"""


@pytest.fixture
def child() -> Iterator[subprocess.Popen[str]]:
    """A process that for a moment takes as many MB as it is told."""
    command = [sys.executable, "-c", CHILD]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def take(child: subprocess.Popen[str], megabytes: int) -> None:
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write(f"{megabytes}\n")
    child.stdin.flush()
    assert child.stdout.readline() == "done\n"


if sys.platform == "linux":  # Wine makes the numbers of Windows up

    def test_memory_that_is_given_back_at_once_was_seen(child: subprocess.Popen[str]) -> None:
        take(child, 1)
        peaks = Peaks(child.pid)
        take(child, 60)
        (grown,) = peaks.grown()
        assert 58 * MB < grown < 75 * MB

    def test_a_peak_before_does_not_count(child: subprocess.Popen[str]) -> None:
        take(child, 60)
        peaks = Peaks(child.pid)
        take(child, 5)
        (grown,) = peaks.grown()
        assert grown < 20 * MB


def test_a_process_that_is_gone_has_no_peak(child: subprocess.Popen[str]) -> None:
    take(child, 1)
    peaks = Peaks(child.pid)
    child.kill()
    child.wait()
    assert peaks.grown() == ()
    assert tree(child.pid) == ()
