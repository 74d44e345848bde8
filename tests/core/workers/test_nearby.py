"""Which workers run on this machine, answering or not."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from core.workers.mark import Mark, mark_of_this_process
from core.workers.nearby import Nearby, nearby_workers, read_command
from tests.support.waiting import wait_until

HOST = "box.lan"


@pytest.mark.parametrize(
    ("command", "worker"),
    [
        ("celery -A proj worker", ("celery@box.lan", "proj")),
        ("/venv/bin/python /venv/bin/celery -A proj worker -c 2", ("celery@box.lan", "proj")),
        ("python -m celery --app=proj.app:x worker -n w1@%h", ("w1@box.lan", "proj.app:x")),
        ("celery -Aproj worker --hostname=w%%1@%n", ("w%1@box", "proj")),
        ("celery worker -A proj -n w1@%d", ("w1@lan", "proj")),
        ("celery -A proj worker -nmy", ("celery@my", "proj")),
        (r"C:\venv\Scripts\celery.exe -A proj worker -n w1@PC", ("w1@PC", "proj")),
        (r"python.exe C:\venv\Scripts\celery.exe worker", ("celery@box.lan", None)),
        ("celery -A worker worker", ("celery@box.lan", "worker")),
        ("celery -A worker beat", None),
        ("celery -A proj beat", None),
        ("celery -A proj inspect ping", None),
        ("python worker.py", None),
        ("vim celery-notes.txt worker", None),
        ("python -A", None),
        ("[celeryd: w1@box:MainProcess] -active- (-A proj worker)", ("w1@box", "proj")),
    ],
)
def test_a_command_line_is_read_as_celery_reads_it(
    command: str, worker: tuple[str, str | None] | None
) -> None:
    assert read_command(command.split(" "), HOST) == worker


def test_the_title_of_a_worker_may_be_one_word() -> None:
    title = "[celeryd: w1@box:MainProcess] -active- (-A proj worker -n w1@box)"
    assert read_command([title], HOST) == ("w1@box", "proj")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a process that looks like `celery ARGUMENTS`, and once more below itself."""
    script = tmp_path / "celery"
    script.write_text(
        "import subprocess, sys, time\n"
        "if 'below' not in sys.argv:\n"
        "    subprocess.Popen([sys.executable, *sys.argv, 'below'])\n"
        "time.sleep(60)\n"
    )
    started: list[psutil.Process] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, str(script), *arguments], cwd=tmp_path)
        started.append(psutil.Process(process.pid))
        wait_until(lambda: bool(started[-1].children()), 20, "the process below")
        started.extend(started[-1].children(recursive=True))
        return process

    yield start
    for process in started:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(started, 10)


def test_a_worker_of_a_terminal_is_found_once_with_all_its_processes(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    process = start("-A", "nearby_app", "worker", "-n", "near@box")
    (found,) = [worker for worker in nearby_workers(tmp_path) if worker.node == "near@box"]
    assert (found.pid, found.app, found.project) == (process.pid, "nearby_app", None)
    assert found.pids > {process.pid}
    assert found.cwd is not None and found.cwd.samefile(tmp_path)
    process.kill()
    process.wait()


def record(root: Path, project: str, owner: Mark, *children: Mark) -> None:
    def facts(mark: Mark) -> dict[str, object]:
        return {"title": mark.title, "pid": mark.pid, "created_at": mark.created_at}

    folder = root / project
    folder.mkdir()
    text = json.dumps({"owner": facts(owner), "children": [facts(child) for child in children]})
    (folder / "session.json").write_text(text, "utf-8")


def test_what_runs_for_an_open_project_is_known_by_its_record(tmp_path: Path) -> None:
    me = mark_of_this_process("Solofleet")
    gone = Mark("Solofleet", me.pid, me.created_at - 1000)
    worker = Mark("w1@box", me.pid, me.created_at)
    broker = Mark("built-in broker (Valkey)", me.pid, me.created_at)
    record(tmp_path, "open-1", me, worker, broker, Mark("w2@box", me.pid, 1.0))
    record(tmp_path, "crashed-1", gone, worker)
    ours = [found for found in nearby_workers(tmp_path) if found.project]
    assert [(found.node, found.project) for found in ours] == [
        ("w1@box", "open-1"),
        (None, "open-1"),
    ]
    assert all(found.pid == me.pid and me.pid in found.pids for found in ours)


def test_a_machine_without_records_has_none_of_ours(tmp_path: Path) -> None:
    assert all(isinstance(found, Nearby) for found in nearby_workers(tmp_path / "nowhere"))
