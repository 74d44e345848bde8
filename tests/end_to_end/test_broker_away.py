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
NOTICED_S = 90.0
"""Celery tries for 20 s to store a result, and as long to store that it could not."""


def ids(program: Program, *states: str, name: str = "") -> list[str]:
    """The tasks that came to one of these states, as often as they did."""
    return [
        record["id"]
        for record in tuple(program.records)
        if record["kind"] == "task" and record["state"] in states and name in record["name"]
    ]


def send(*arguments: str, folder: Path) -> int:
    with solofleet("send", *arguments, folder=folder) as program:
        return program.end()


def test_tasks_before_during_and_after_all_end_well_once(
    own_server: Server, tmp_path: Path
) -> None:
    here = (*PROJECT, "--broker", own_server.url)
    early = (*here, "tasky.nap", "--args", "[0.2]", "--count", "20")
    with solofleet(
        *("up", *here, "-n", "3", "--json", "--send", "tasky.late_nap", "--args", "[0.2]"),
        *("--count", "40"),
        folder=tmp_path,
    ) as program:
        program.wait_all_ready(3)
        assert send(*early, folder=tmp_path) == 0
        wait_until(lambda: program.tally()["succeeded"] >= 10, 60, "the first tasks")
        own_server.stop()
        gone_at = time.monotonic()
        wait_until(lambda: program.said.count("broker lost") == 3, NOTICED_S, "the loss")
        running = set(ids(program, "started")) - set(ids(program, "succeeded"))
        assert send(*here, "tasky.add", "--args", "[1]", folder=tmp_path) == 69
        wait_until(lambda: time.monotonic() - gone_at >= AWAY_S, 20, "the time to pass")
        own_server.start()
        assert send(*here, "tasky.add", "--args", "[1]", "--count", "9", folder=tmp_path) == 0
        wait_until(lambda: sum(program.tally().values()) == 69, 60, "all tasks")
        program.interrupt()
        assert program.end() == 130

        finals = program.final_states()
        assert {len(states) for states in finals.values()} == {1}
        # Whatever ran then had no backend for its result. Acknowledged late, it ran again.
        assert set(ids(program, "failed")) <= running
        assert ids(program, "failed", name="late") == []
        starts = Counter(ids(program, "started"))
        assert {task_id for task_id, count in starts.items() if count > 1} <= running
        assert set(Counter(ids(program, "started", name="tasky.nap")).values()) == {1}
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
        assert program.tally() == {}  # broken off by a stop, a late task is to run again
        assert (own_server.unacked(), own_server.waiting()) == (0, 1)
