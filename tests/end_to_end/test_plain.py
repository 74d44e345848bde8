"""`solofleet up --plain`: the literal command of the guide, watched through Celery's events."""

import os
import shutil
import signal
from pathlib import Path

import psutil
import pytest

from tests.support.program import solofleet
from tests.support.venvs import python_with_celery

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"


@pytest.fixture
def plain(tmp_path: Path) -> tuple[str, ...]:
    """The command line for two plain workers of a project of somebody else's."""
    project = shutil.copytree(TASKY, tmp_path / "project")
    python = python_with_celery("5.7.0")
    return ("up", str(project), "--python", str(python), "--plain", "-n", "2", "--json")


def test_the_books_of_plain_workers_add_up(plain: tuple[str, ...], tmp_path: Path) -> None:
    with solofleet(
        *(*plain, "--broker", "builtin", "--send", "tasky.add", "--args", "[1]"),
        *("--count", "50", "--exit-when-done"),
        folder=tmp_path,
    ) as program:
        first, second = program.wait_all_ready(2)
        command = psutil.Process(program.pids()[first]).cmdline()
        assert program.end() == 0, program.said
        summary = program.summary
        assert summary["lossy"] is True
        assert (summary["tasks"]["sent"], summary["tasks"]["succeeded"]) == (50, 50)
        assert sum(worker["succeeded"] for worker in summary["workers"]) == 50
        assert [worker["name"] for worker in summary["workers"]] == [first, second]
        assert {(worker["state"], worker["exit"]) for worker in summary["workers"]} == {
            ("exited", 0)
        }
        assert set(map(tuple, program.final_states().values())) == {("succeeded",)}
    literal = f"-m celery -A tasky worker --pool=solo -n {first} --loglevel=info -E"
    assert command[1:] == literal.split()


def test_the_task_of_a_killed_plain_worker_is_lost_and_the_rest_is_done(
    plain: tuple[str, ...], tmp_path: Path
) -> None:
    with solofleet(
        *(*plain, "--broker", "builtin", "--send", "tasky.nap", "--args", "[1]"),
        *("--count", "3", "--exit-when-done", "--logs"),
        folder=tmp_path,
    ) as program:
        # Celery's hub holds the events of a running task back, so that only the log knows of it
        running = program.wait_for(
            lambda record: record["kind"] == "log" and record["text"].endswith("] received"),
            "a task in a log",
        )
        os.kill(program.pids()[running["worker"]], signal.SIGKILL)
        assert program.end() == 1, program.said
        lost = program.wait("task", state="lost")
        assert lost["id"] in running["text"]
        assert "SIGKILL" in lost["error"]
        assert "visibility timeout" in lost["error"]
        tasks = program.summary["tasks"]
        assert (tasks["succeeded"], tasks["lost"], tasks["waiting"]) == (2, 1, 0)
