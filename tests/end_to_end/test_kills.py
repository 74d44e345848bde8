"""Workers are killed under load; the books stay exact and the broker keeps nothing back."""

import os
import random
import signal
from collections import Counter
from pathlib import Path

from tests.support.broker import Server
from tests.support.program import Program, solofleet
from tests.support.waiting import wait_until

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"
KILLS = 20


def kill_workers(program: Program, times: int, total: int) -> list[int]:
    """SIGKILL a random worker whenever another part of the tasks has ended.

    All in the first half: what is read here lags behind what the program does, and a worker that
    is killed when all is done is not replaced. Ready ones only: four kills in a row before that
    are a worker given up.
    """
    chance = random.Random(1)
    killed: list[int] = []
    for number in range(times):
        part = total * (number + 1) // (times * 2)
        wait_until(lambda part=part: sum(program.tally().values()) >= part, 60, f"{part} tasks")
        wait_until(lambda: bool(program.ready_pids() - {*killed}), 60, "a ready worker")
        pid = chance.choice(sorted(program.ready_pids() - {*killed}))
        os.kill(pid, signal.SIGKILL)
        killed.append(pid)
    return killed


def test_every_late_task_has_one_final_state_after_twenty_kills(
    own_server: Server, tmp_path: Path
) -> None:
    with solofleet(
        *("up", str(TASKY), "-n", "4", "--broker", own_server.url, "--json"),
        *("--send", "tasky.late_add", "--args", "[1]", "--count", "5000", "--exit-when-done"),
        folder=tmp_path,
    ) as program:
        killed = kill_workers(program, KILLS, 5000)
        program.end(120)
        states = program.final_states()
        assert len(states) == 5000
        assert Counter(len(final) for final in states.values()) == {1: 5000}
        summary = program.summary
        assert sum(worker["restarts"] for worker in summary["workers"]) == len(killed)
        assert (
            summary["tasks"]["succeeded"] + summary["tasks"]["failed"] + summary["tasks"]["lost"]
            == 5000
        )
        assert (own_server.unacked(), own_server.waiting()) == (0, 0)


def test_every_early_task_that_was_killed_fails_with_worker_lost(
    own_server: Server, tmp_path: Path
) -> None:
    with solofleet(
        *("up", str(TASKY), "-n", "4", "--broker", own_server.url, "--json"),
        *("--send", "tasky.nap", "--args", "[0.5]", "--count", "24", "--exit-when-done"),
        folder=tmp_path,
    ) as program:
        expected: set[str] = set()
        for name in list(program.wait_all_ready(4)):
            task = program.wait_for(
                lambda record, name=name: (
                    record["kind"] == "task"
                    and record["state"] == "started"
                    and record["worker"] == name
                ),
                f"a task on {name}",
            )
            os.kill(program.pids()[name], signal.SIGKILL)
            expected.add(task["id"])
        assert program.end(60) == 1
        failed = {
            record["id"]: record
            for record in program.records
            if record["kind"] == "task" and record["state"] == "failed"
        }
        assert set(failed) == expected
        for record in failed.values():
            assert record["name"] == "tasky.nap"
            assert "WorkerLostError" in record["error"]
            assert "signal 9 (SIGKILL)" in record["error"]
        assert own_server.unacked() == 0
