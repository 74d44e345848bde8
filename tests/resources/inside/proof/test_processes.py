"""Processes as /proc tells of them."""

import os
import socket
import subprocess
import sys
import types
from collections.abc import Callable, Iterator

import pytest

from tests.support.inside import INSIDE
from tests.support.waiting import wait_until

Load = Callable[[str], types.ModuleType]


@pytest.fixture
def processes(inside: Load) -> types.ModuleType:
    return inside("proof.processes")


@pytest.fixture
def parent() -> Iterator[int]:
    """A shell with a child that has left its session."""
    with subprocess.Popen(["bash", "-c", "setsid sleep 100 & wait"]) as shell:
        yield shell.pid
        shell.kill()


def test_a_family_has_also_those_who_left_the_session(
    processes: types.ModuleType, parent: int
) -> None:
    wait_until(lambda: len(processes.family(parent)) == 2, 5, "the child")
    family = processes.family(parent)
    assert family[0][0] == parent
    assert processes.living(family) == family
    child = processes.below(parent)
    processes.kill(child)
    wait_until(lambda: not processes.living(child), 5, "its end")


def test_a_number_that_was_given_again_is_another_process(processes: types.ModuleType) -> None:
    ((pid, started),) = [each for each in processes.family(os.getpid()) if each[0] == os.getpid()]
    assert processes.living([(pid, started - 1)]) == []


def test_the_memory_of_a_process_is_told_and_of_a_gone_one_not(
    processes: types.ModuleType,
) -> None:
    own, pss = processes.own(os.getpid()), processes.pss(os.getpid())
    assert 0 < own <= pss <= processes.resident(os.getpid()) <= processes.peak(os.getpid())
    assert processes.pss(999_999_999) is None
    assert processes.own(999_999_999) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::", "::1"])
def test_the_address_that_a_process_listens_on_is_told(
    processes: types.ModuleType, host: str
) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        try:
            listener.bind((host, 0))
        except OSError:
            pytest.skip(f"this machine has no {host}")
        listener.listen()
        ports = processes.listening(processes.family(os.getpid()))
        assert ports[listener.getsockname()[1]] == host


def test_orphans_come_to_whoever_adopts_them() -> None:
    code = f"""
import importlib.util, subprocess, sys, time
spec = importlib.util.spec_from_file_location("p", {str(INSIDE / "proof" / "processes.py")!r})
p = importlib.util.module_from_spec(spec); spec.loader.exec_module(p)
p.adopt_orphans()
subprocess.run(["bash", "-c", "setsid sleep 100 & exit"])
import os
assert len(p.below(os.getpid())) == 1
p.kill_below(os.getpid())
assert p.below(os.getpid()) == []
"""
    subprocess.run([sys.executable, "-c", code], check=True)
