"""`solofleet up` with web and beat beside the workers, and source that changes."""

import json
import os
import shutil
import signal
import sys
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.broker.builtin import free_port
from tests.support.program import solofleet
from tests.support.venvs import python_with
from tests.support.waiting import wait_until

if sys.platform == "win32":
    pytest.skip("there is no server", allow_module_level=True)

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
WEB = ("celery[redis]==5.7.0", "fastapi==0.121.3", "uvicorn==0.38.0")
BEAT = """
celery_app.conf.beat_schedule = {
    "often": {"task": "celery_queue.tasks.add", "schedule": 0.2, "args": (1, 2)}
}
"""


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The demo with a schedule, as a project of somebody's own."""
    folder = Path(shutil.copytree(DEMO, tmp_path / "project"))
    with (folder / "celery_queue" / "celery_app.py").open("a") as file:
        file.write(BEAT)
    return folder


def command(project: Path, *more: str) -> tuple[str, ...]:
    return (
        *("up", str(project), "-A", "celery_queue.celery_app", "-n", "2", "--broker", "builtin"),
        *("--python", str(python_with(*WEB)), "--json", *more),
    )


def ask(port: int, path: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def test_web_and_beat_run_with_the_workers_and_nothing_is_left(demo: Path, tmp_path: Path) -> None:
    port = free_port()
    (demo / "Procfile").write_text(
        "web: uvicorn main:app --reload --port $PORT\n"
        "worker: celery -A celery_queue.celery_app worker -c 4\n"
        "beat: celery -A celery_queue.celery_app beat\n"
    )
    before = set(demo.rglob("*"))
    with solofleet(*command(demo, "--all-rows"), folder=tmp_path, PORT=str(port)) as program:
        web = program.wait("row", name="web", state="ready")
        assert web["reason"] == f"port {port} listens"
        order = [r["name"] for r in program.records if r.get("state") == "ready"]
        assert order[-2:] == ["beat", "web"]
        # the web service puts a task into the queue of the very broker that the workers have
        task = ask(port, "/tasks", {"name": "add", "args": [20, 22]})
        wait_until(lambda: ask(port, f"/tasks/{task['id']}")["result"] == 42, 30, "the result")
        program.wait("task", name="celery_queue.tasks.add", state="succeeded")
        family = program.family()
        program.interrupt()
        assert program.end() == 130, program.said
        assert [(row["name"], row["state"]) for row in program.summary["rows"]] == [
            ("beat", "exited"),
            ("web", "exited"),
        ]
        assert not any(process.is_running() for process in family if process.pid == web["pid"])
    assert "the fleet stands for worker" in program.said
    made = {path.name for path in set(demo.rglob("*")) - before}
    assert made <= {"__pycache__"} | {name for name in made if name.endswith(".pyc")}


def test_a_saved_file_gives_new_workers_after_their_task(demo: Path, tmp_path: Path) -> None:
    tasks = demo / "celery_queue" / "tasks.py"
    report = ("--send", "celery_queue.tasks.report", "--kwargs")
    slow = (*report, '{"pages": 4, "seconds_per_page": 1}')
    with solofleet(*command(demo, "--reload", *slow), folder=tmp_path) as program:
        program.wait_all_ready(2)
        first = program.pids()
        busy = program.wait("task", state="started")["worker"]
        tasks.write_text(tasks.read_text() + "\ndef broken(:\n")
        wait_until(lambda: "has an error" in program.said, 30, "the error")
        assert "not restarted: celery_queue/tasks.py:" in program.said
        tasks.write_text(tasks.read_text().replace("def broken(:", "VERSION = 2"))
        program.wait_for(
            lambda r: (
                r["kind"] == "worker" and r["state"] == "ready" and r["pid"] not in first.values()
            ),
            "an idle worker anew",
        )
        assert program.pids()[busy] == first[busy]
        done = program.wait("task", state="succeeded")
        assert done["worker"] == busy
        wait_until(lambda: len(program.ready_pids() - set(first.values())) == 2, 30, "both anew")
        assert "celery_queue/tasks.py changed: restarting 2 workers" in program.said
        program.interrupt()
        assert program.end() == 130, program.said
        assert {worker["restarts"] for worker in program.summary["workers"]} == {1}
        assert program.summary["tasks"]["succeeded"] == 1


def test_a_row_and_its_grandchildren_do_not_outlive_a_killed_session(
    demo: Path, tmp_path: Path
) -> None:
    children = Path(__file__).resolve().parents[1] / "data" / "children" / "family.py"
    (demo / "solofleet.toml").write_text(
        f'[rows]\nfamily = {{command = ["python", "-u", "{children}", "2", "strays"], '
        'ready = "log:[0-9]+ [0-9]+ [0-9]+", after = []}\n'
    )
    with solofleet(*command(demo, "--rows", "family"), folder=tmp_path) as program:
        row = program.wait("row", name="family", state="ready")
        pids = [int(word) for word in row["reason"].removeprefix("said: ").split()]
        assert len(pids) == 3
        os.kill(program.process.pid, signal.SIGKILL)
        wait_until(lambda: not any(map(_lives, pids)), 10, "the family to end")


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
