"""What forked children share, of real ones."""

import subprocess
import sys
from typing import IO

import pytest

from core.errors import FleetError
from core.render.plans import MB
from core.render.sizing.shared import shared

if sys.platform != "linux":
    pytest.skip("PSS is Linux's", allow_module_level=True)

PARENT = """
import multiprocessing as mp, sys
shared = bytearray(80 * 2**20)
shared[::4096] = b"x" * len(shared[::4096])

def child(ready, done):
    own = bytearray(30 * 2**20)
    own[::4096] = b"x" * len(own[::4096])
    ready.release()
    done.acquire()

if __name__ == "__main__":
    context = mp.get_context("fork")
    ready, done = context.Semaphore(0), context.Semaphore(0)
    children = [context.Process(target=child, args=(ready, done), daemon=True) for _ in range(2)]
    for each in children:
        each.start()
    for each in children:
        ready.acquire()
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_pages_of_the_parent_count_once_and_those_of_a_child_for_each() -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        out: IO[bytes] | None = parent.stdout
        assert out is not None and out.readline() == b"ready\n"
        found = shared(parent.pid)
        assert parent.stdin is not None
        parent.stdin.close()  # it ends, and its children with it
    assert found.children == 2
    assert 80 * MB < found.base < 100 * MB
    assert 30 * MB < found.child < 40 * MB


def test_a_worker_without_children_is_refused() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as lone:
        with pytest.raises(FleetError, match="no children"):
            shared(lone.pid)
        lone.kill()
