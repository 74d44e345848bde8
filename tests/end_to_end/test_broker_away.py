"""A broker that goes away for a while and comes back with all it had."""

import sys
import time
from collections import Counter
from pathlib import Path

from tests.support.broker import Server
from tests.support.program import Program, solofleet
from tests.support.waiting import wait_until

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"
PROJECT = (str(TASKY), "--python", sys.executable)
AWAY_S = 10.0


def runs(program: Program) -> Counter[int]:
    """How many tasks were started how often."""
    started = Counter(
        record["id"]
        for record in program.records
        if record["kind"] == "task" and record["state"] == "started"
    )
    return Counter(started.values())


def test_every_task_before_during_and_after_runs_once(own_server: Server, tmp_path: Path) -> None:
    here = (*PROJECT, "--broker", own_server.url)
    with solofleet(
        *("up", *here, "-n", "3", "--json", "--send", "tasky.late_nap", "--args", "[0.2]"),
        *("--count", "60"),
        folder=tmp_path,
    ) as program:
        wait_until(lambda: program.tally()["succeeded"] >= 10, 60, "the first tasks")
        own_server.stop()
        gone_at = time.monotonic()
        wait_until(lambda: "broker lost" in program.said, 30, "the loss to be noticed")
        with solofleet("send", *here, "tasky.add", "--args", "[1]", folder=tmp_path) as refused:
            assert refused.end() == 69
        wait_until(lambda: time.monotonic() - gone_at >= AWAY_S, 20, "the time to pass")
        own_server.start()
        with solofleet(
            *("send", *here, "tasky.add", "--args", "[1]", "--count", "10", "--wait"),
            folder=tmp_path,
        ) as sending:
            assert sending.end() == 0, sending.said
        wait_until(lambda: sum(program.tally().values()) >= 70, 60, "all tasks")
        program.interrupt()
        assert program.end() == 130
        assert program.tally() == {"succeeded": 70}
        assert runs(program) == {1: 70}
        assert program.summary["tasks"]["succeeded"] == 60
        assert {worker["exit"] for worker in program.summary["workers"]} == {0}
        assert {worker["restarts"] for worker in program.summary["workers"]} == {0}
        assert (own_server.unacked(), own_server.waiting()) == (0, 0)


def test_a_stop_waits_for_it_to_settle_what_a_worker_left(
    own_server: Server, tmp_path: Path
) -> None:
    with solofleet(
        *("up", *PROJECT, "--broker", own_server.url, "-n", "1", "--json", "--grace", "0"),
        *("--send", "tasky.late_nap", "--args", "[60]"),
        folder=tmp_path,
    ) as program:
        program.wait("task", state="started")
        own_server.stop()
        program.interrupt()
        wait_until(lambda: "waits to be settled" in program.said, 30, "the settlement to fail")
        own_server.start()
        assert program.end() == 130
        assert program.tally() == {"failed": 1}
        assert own_server.unacked() == 0
