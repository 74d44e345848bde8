"""Solofleet is killed, and nothing of what it started goes on."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.program import homes, solofleet
from tests.support.waiting import wait_until

DATA = Path(__file__).resolve().parents[1] / "data"
TASKY = str(DATA / "projects" / "tasky")
GONE_S = 2.0
KINDS = {
    "worker.py": "worker",
    "calls.py": "bridge",
    "valkey": "broker",
    "keeper.py": "keeper",
    "http.server": "web",
    "time.sleep": "grandchild",
}


def family_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Its descendants, to the last."""
    return psutil.Process(process.pid).children(recursive=True)


def kinds(family: list[psutil.Process]) -> Counter[str]:
    """How many of them are what."""
    lines = [" ".join(process.cmdline()) for process in family]
    return Counter(kind for line in lines for word, kind in KINDS.items() if word in line)


def kill_and_expect_the_end(process: subprocess.Popen[str], family: list[psutil.Process]) -> None:
    """Nothing is left after two seconds."""
    process.kill()
    process.wait(5)
    psutil.wait_procs(family, GONE_S)
    # Where process 1 collects no orphans, the dead stay zombies.
    left = [each for each in family if each.is_running() and each.status() != "zombie"]
    assert left == []


def test_the_workers_and_the_broker_die_with_the_program(tmp_path: Path) -> None:
    here = (TASKY, "--python", sys.executable, "--broker")
    with solofleet(
        *("up", *here, "builtin", "-n", "4", "--json"),
        *("--send", "tasky.nap", "--args", "[60]", "--count", "3"),
        folder=tmp_path,
    ) as program:
        url = program.wait("broker")["url"]
        wait_until(lambda: started(program.records) == 3, 30, "three naps")
        with solofleet(
            "send", *here, url, "tasky.hold_the_gil", "--args", "[60]", folder=tmp_path
        ) as sending:
            assert sending.end() == 0, sending.said
        wait_until(lambda: started(program.records) == 4, 30, "a worker that holds the GIL")
        family = family_of(program.process)
        assert kinds(family) == {"worker": 4, "bridge": 1, "broker": 1, "keeper": 1}
        kill_and_expect_the_end(program.process, family)


def started(records: list[dict[str, object]]) -> int:
    return sum(
        record["kind"] == "task" and record["state"] == "started" for record in tuple(records)
    )


@pytest.fixture
def whole_session(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The script of that name, once everything in it runs."""
    with subprocess.Popen(
        [sys.executable, str(DATA / "whole_session.py"), TASKY],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **homes(tmp_path)},
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == '{"ready": true}\n'
            yield process
        finally:
            process.kill()


def test_a_web_server_and_the_children_of_tasks_die_too(
    whole_session: subprocess.Popen[str],
) -> None:
    family = family_of(whole_session)
    assert kinds(family) == {
        **{"worker": 4, "bridge": 1, "broker": 1, "keeper": 1},
        **{"web": 1, "grandchild": 1},
    }
    kill_and_expect_the_end(whole_session, family)
