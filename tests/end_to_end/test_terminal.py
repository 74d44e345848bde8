"""The command line as people and scripts use it: exit codes, output, Ctrl+C."""

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import psutil
import pytest

from core.places import DEMO
from tests.support.broker import Server
from tests.support.program import (
    COMMAND,
    MARK,
    ROOT,
    Program,
    homes,
    marked,
    solofleet,
)
from tests.support.real_terminal import Window
from tests.support.waiting import wait_until

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"
PROJECT = (str(TASKY), "--python", sys.executable)
FLEET = ("up", *PROJECT, "--broker", "builtin", "-n", "1")
DONE = "--exit-when-done"


# --- 0: all is done ---


def test_the_demo_runs_all_its_tasks(tmp_path: Path) -> None:
    with solofleet("demo", "--headless", folder=tmp_path) as program:
        assert program.end() == 0, program.said
        text = "".join(program.text)
    assert "12 tasks sent: 12 succeeded" in text
    for number in range(1, 5):
        assert f"worker{number} " in text
    assert program.said == ""


def test_a_thousand_tasks_are_counted_exactly(tmp_path: Path) -> None:
    with solofleet(
        *("up", str(DEMO), "-n", "4", "--broker", "builtin", "--json", DONE),
        *("--send", "celery_queue.tasks.add", "--args", "[1, 2]", "--count", "1000"),
        folder=tmp_path,
    ) as program:
        assert program.end() == 0, program.said
        summary = program.summary
    assert sum(worker["succeeded"] for worker in summary["workers"]) == 1000
    assert sum(worker["received"] for worker in summary["workers"]) == 1000
    assert summary["tasks"]["lost"] == summary["log_lines_dropped"] == 0


def test_a_task_that_was_sent_from_elsewhere_is_waited_for_and_shown(
    server: Server, tmp_path: Path
) -> None:
    here = (*PROJECT, "--broker", server.url)
    with solofleet("up", *here, "-n", "1", "--json", folder=tmp_path) as fleet:
        fleet.wait_all_ready(1)
        with solofleet(
            *("send", *here, "tasky.add", "--args", "[1]", "--count", "3", "--wait", "--json"),
            folder=tmp_path,
        ) as sending:
            assert sending.end() == 0, sending.said
        assert sending.tally() == {"succeeded": 3}
        assert {record["result"] for record in sending.records[3:]} == {"3"}
        with solofleet("send", *here, "tasky.boom", "--wait", folder=tmp_path) as sending:
            assert sending.end() == 1
            assert "failed: ValueError('boom')" in sending.text[-1]
        fleet.interrupt()
        assert fleet.end() == 130
        (worker,) = fleet.summary["workers"]
        assert (worker["succeeded"], worker["failed"]) == (3, 1)
        assert fleet.summary["tasks"]["sent"] == 0


def test_tasks_are_one_document(tmp_path: Path) -> None:
    with solofleet("tasks", *PROJECT, "--json", folder=tmp_path) as program:
        assert program.end() == 0, program.said
    (document,) = program.records
    assert (document["kind"], document["app"]) == ("tasks", "tasky")
    add = next(task for task in document["tasks"] if task["name"] == "tasky.add")
    assert [param["name"] for param in add["params"]] == ["x", "y"]


# --- 1: not all went well ---


def test_a_task_that_nobody_has_any_more_is_lost_and_makes_it_1(
    server: Server, tmp_path: Path
) -> None:
    with solofleet(
        *("up", *PROJECT, "--broker", server.url, "-n", "1", "--json", DONE),
        *("--send", "tasky.add", "--args", "[1]", "--queue", "nobody"),
        folder=tmp_path,
    ) as program:
        program.wait("task", state="sent")
        wait_until(lambda: server.waiting("nobody") == 1, 20, "the message")
        server.client.flushall()
        assert program.end() == 1
        assert program.tally() == {"lost": 1}
        assert program.summary["tasks"]["lost"] == 1


# --- 2: it makes no sense ---


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "demo"),
        (("up", "--nope"), "unrecognized arguments: --nope"),
        (("up", "nowhere"), "there is no such folder"),
        (("up", str(Path(__file__).parent)), "No Celery app was found"),
        (("up", *PROJECT, "--send", "tasky.add", "--args", "[1"), "line 1, column 3"),
    ],
)
def test_what_makes_no_sense_ends_with_2_and_says_why(
    arguments: tuple[str, ...], part: str, tmp_path: Path
) -> None:
    with solofleet(*arguments, folder=tmp_path) as program:
        assert program.end() == 2
    assert part in program.said
    assert program.text == []


def test_an_unknown_task_ends_with_2_and_a_guess(tmp_path: Path) -> None:
    with solofleet(*FLEET, "--send", "tasky.ad", DONE, "--json", folder=tmp_path) as program:
        assert program.end() == 2
        error = program.wait("error")
        assert "did you mean tasky.add" in error["fix"]
        assert error["what"] in program.said
        assert program.summary["workers"][0]["exit"] == 0


def test_a_second_solofleet_on_the_same_project_is_sent_away(tmp_path: Path) -> None:
    with solofleet(*FLEET, "--json", folder=tmp_path) as first:
        first.wait("worker", state="starting")
        with solofleet(*FLEET, folder=tmp_path) as second:
            assert second.end() == 69
        assert f"process {first.process.pid} has it since" in second.said
        first.interrupt()
        assert first.end() == 130


# --- 69: no broker, or no worker ---


def test_a_broker_that_does_not_answer_ends_with_69(tmp_path: Path) -> None:
    with solofleet(
        "up", *PROJECT, "--broker", "redis://127.0.0.1:1/0", "--json", folder=tmp_path
    ) as program:
        assert program.end() == 69
        assert "Connection refused" in program.wait("error")["why"]
        assert program.pids() == {}


@pytest.mark.parametrize("broker", ["builtin", "redis://127.0.0.1:1/0"])
def test_an_app_that_cannot_be_imported_ends_with_69(broker: str, tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("from celery import Celery\nimport nowhere\napp = Celery()\n")
    with solofleet(
        *("up", str(tmp_path), "--python", sys.executable, "--broker", broker, "-n", "1"),
        *("--send", "shop.add", "--json"),
        folder=tmp_path,
    ) as program:
        assert program.end() == 69
        assert "nowhere" in program.wait("error")["why"]


def test_a_built_in_broker_that_is_killed_ends_with_69(tmp_path: Path) -> None:
    with solofleet(*FLEET, "--json", folder=tmp_path) as program:
        program.wait_all_ready(1)
        port = program.wait("broker")["url"].rpartition(":")[2].partition("/")[0]
        for process in program.family():
            if any(port in word for word in process.cmdline()):
                process.kill()
        assert program.end() == 69
        assert "all messages in it are lost" in program.wait("error")["what"]


# --- 124: out of time ---


def test_a_timeout_ends_what_runs(tmp_path: Path) -> None:
    with solofleet(
        *(*FLEET, "--send", "tasky.nap", "--args", "[60]", "--timeout", "3", "--json"),
        folder=tmp_path,
    ) as program:
        program.wait("task", state="started")
        assert program.end(10) == 124
        assert program.family() == []
        assert program.wait("error")["what"] == "stopped after 3 s"
        assert program.summary["tasks"]["lost"] == 1


# --- 130: interrupted ---


def test_ctrl_c_lets_the_running_task_finish_though_standard_input_ended_long_ago(
    tmp_path: Path,
) -> None:
    with solofleet(
        *(*FLEET, "--send", "tasky.nap", "--args", "[2]", "--json"), folder=tmp_path
    ) as program:
        program.wait("task", state="started")
        program.interrupt()
        program.wait("worker", state="stopping")
        assert program.end() == 130
        assert program.tally() == {"succeeded": 1}
        assert program.summary["workers"][0]["exit"] == 0


def test_ctrl_c_twice_ends_it_now(tmp_path: Path) -> None:
    with solofleet(
        *(*FLEET, "--send", "tasky.nap", "--args", "[60]", "--json"), folder=tmp_path
    ) as program:
        program.wait("task", state="started")
        program.interrupt()
        program.wait("worker", state="stopping")
        program.interrupt()
        assert program.end(10) == 130
        assert program.family() == []
        assert program.tally() == {"lost": 1}
        assert "broken off" in program.wait("task", state="lost")["error"]


def test_ctrl_c_while_a_burst_is_sent_stops_the_sending(tmp_path: Path) -> None:
    with solofleet(
        *(*FLEET, "--send", "tasky.add", "--args", "[1]", "--count", "100000", "--json"),
        folder=tmp_path,
    ) as program:
        program.wait("task", state="succeeded")
        program.interrupt()
        assert program.end() == 130
        tasks = program.summary["tasks"]
        assert 0 < tasks["sent"] < 100_000
        assert tasks["sent"] == tasks["succeeded"] + tasks["waiting"]


def test_a_reader_that_leaves_stops_the_fleet(tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    program = subprocess.Popen(
        [*COMMAND, *FLEET, "--send", "tasky.add", "--args", "[1]", "--count", "100"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **homes(tmp_path), MARK: mark},
    )
    with program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline().startswith("solofleet > tasky in ")
        program.stdout.close()
        assert program.wait(20) == 130
        assert program.stderr.read() == ""
    assert marked(mark) == []


# --- What it looks like ---


def in_a_window(*arguments: str, folder: Path, **env: str) -> tuple[int, str]:
    """The exit code, and all that was shown."""
    with Window(*arguments, folder=folder, **env) as window:
        shown = window.read_all()
        return window.process.wait(10), shown


def test_on_a_screen_there_are_colours_and_a_progress_line(tmp_path: Path) -> None:
    burst = ("--send", "tasky.nap", "--args", "[0.05]", "--count", "20", DONE)
    code, text = in_a_window(*FLEET, *burst, folder=tmp_path)
    assert code == 0
    assert "\x1b[0;36mworker1   | \x1b[0m" in text
    assert "of 20 tasks; 1 workers busy" in text


def test_no_color_is_respected(tmp_path: Path) -> None:
    one = ("--send", "tasky.add", "--args", "[1]", DONE)
    code, text = in_a_window(*FLEET, *one, folder=tmp_path, NO_COLOR="1")
    assert code == 0
    assert "worker1   | " in text
    assert "\x1b[0;36m" not in text


def test_a_closed_window_lets_the_running_task_finish(server: Server, tmp_path: Path) -> None:
    with Window(
        *("up", *PROJECT, "--broker", server.url, "-n", "1"),
        *("--send", "tasky.nap", "--args", "[1]"),
        folder=tmp_path,
    ) as window:
        window.read_to("napping")
        window.close()
        assert window.process.wait(20) == 130
    (key,) = server.client.keys("celery-task-meta-*")
    assert json.loads(server.client.get(key))["status"] == "SUCCESS"


def test_without_a_place_for_logs_and_records_it_says_so_and_runs(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where folders should be")
    send = ("--send", "tasky.add", "--args", "[1]", DONE, "--json")
    with solofleet(*FLEET, *send, folder=tmp_path) as program:
        assert program.end() == 0, program.said
        assert program.summary["tasks"]["succeeded"] == 1
    assert "no record of this session can be kept" in program.said
    assert "no log file from here on" in program.said


# --- What an earlier Solofleet left ---


def keeper_of(program: Program) -> psutil.Process:
    return next(
        process
        for process in program.family()
        if any(word.endswith("keeper.py") for word in process.cmdline())
    )


def test_what_a_crash_left_running_is_ended_at_the_next_start(tmp_path: Path) -> None:
    with solofleet(
        *(*FLEET, "--send", "tasky.hold_the_gil", "--args", "[60]", "--json"), folder=tmp_path
    ) as crashed:
        crashed.wait("task", state="started")  # which is told before its first line
        (worker,) = map(psutil.Process, crashed.pids().values())
        used_s = worker.cpu_times().user
        wait_until(lambda: worker.cpu_times().user > used_s + 0.2, 20, "the GIL to be held")
        keeper = keeper_of(crashed)
        crashed.process.send_signal(signal.SIGSTOP)  # or it would start another keeper
        keeper.kill()
        crashed.process.kill()
        crashed.process.wait(10)
        # The bridge leaves by itself; the worker cannot hear that it should, the broker does not.
        wait_until(lambda: len(crashed.family()) == 2, 5, "the bridge to leave")
        with solofleet(*FLEET, "--json", folder=tmp_path) as program:
            program.wait_all_ready(1)
            assert "2 processes of an earlier crash are ended" in program.said
            assert crashed.family() == []
            program.interrupt()
            assert program.end() == 130
