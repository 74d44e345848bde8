"""A worker by its start command, and what becomes of a task at SIGTERM."""

import os
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.broker import Server
from tests.support.inside import INSIDE, broker_variables
from tests.support.proving import APP, WORKER
from tests.support.venvs import python_with_celery

Load = Callable[[str], types.ModuleType]
Start = Callable[..., Any]


@pytest.fixture
def working(inside: Load) -> types.ModuleType:
    return inside("proof.working")


@pytest.fixture
def start(
    working: types.ModuleType, inside: Load, server: Server, tmp_path: Path
) -> Iterator[Start]:
    """Starts a worker of an app; ends it at the end."""
    started: list[Any] = []
    driving = inside("proof.driving")

    def start(more: str = "", command: str = WORKER) -> Any:
        (tmp_path / "proj.py").write_text(APP + more)
        python = python_with_celery("5.7.0")
        probe = str(tmp_path / "probe")
        working.lay_out_probe(probe, str(INSIDE))
        variables = broker_variables(server.url)
        env = {"PATH": f"{python.parent}:{os.environ['PATH']}", "REDIS_URL": server.url}
        env = working.with_probe({**env, **variables}, probe)
        given = (str(python), str(INSIDE), "proj", str(tmp_path), env, variables, 20)
        driver = driving.Driver(*given)
        worker = working.Worker(command, env, str(tmp_path), driver, lambda line: None)
        started.append(worker)
        return worker

    yield start
    for each in started:
        each.close()


def test_tasks_run_in_the_literal_command_and_one_ends_before_the_worker(
    working: types.ModuleType, start: Start
) -> None:
    worker = start(command=f"{WORKER} -Q mail")
    ready = worker.ready(30)
    assert (ready["pool"], ready["processes"], ready["queue"]) == ("prefork", 2, "mail")
    assert worker.run("solofleet.probe", [], {}, 20)["grown"] >= 0
    assert worker.run("proj.add", [1, 2], {}, 20)["result"] == "3"
    for task, why in (
        ("proj.fail", ("error", "ValueError: the customer has no address")),
        ("proj.nothing", ("unknown", True)),
    ):
        with pytest.raises(working.Failed) as failed:
            worker.run(task, [], {}, 20)
        assert why in failed.value.facts.items()
    stop = worker.stop(20)
    told = (stop["killed"], stop["heard"], stop["code"], stop["fate"])
    assert told == (False, True, 0, "SUCCESS")


def test_a_worker_that_is_silent_is_overdue(working: types.ModuleType, start: Start) -> None:
    worker = start(command="echo waiting; exec sleep 100")
    with pytest.raises(working.Failed) as failed:
        worker.ready(0.5)
    assert failed.value.facts == {"overdue": 0.5, "lines": ["waiting"]}


def test_a_worker_that_ends_is_told_with_its_last_lines(
    working: types.ModuleType, start: Start
) -> None:
    worker = start(command="echo no such app; exit 2")
    with pytest.raises(working.Failed) as failed:
        worker.ready(20)
    assert failed.value.facts == {"code": 2, "lines": ["no such app"]}


IGNORES = """
import signal
from celery.signals import worker_ready


@worker_ready.connect
def ignore(**given):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
"""


def test_a_worker_that_ignores_sigterm_is_killed(start: Start) -> None:
    worker = start(IGNORES)
    worker.ready(30)
    stop = worker.stop(3)
    assert (stop["killed"], stop["heard"], stop["code"]) == (True, True, None)


def test_a_shell_that_stands_before_the_worker_leaves_the_task_lost(start: Start) -> None:
    worker = start(command=f"{WORKER}; true")
    worker.ready(30)
    stop = worker.stop(20)
    assert (stop["killed"], stop["heard"], stop["fate"]) == (False, False, "lost")


def test_late_acks_and_a_quick_stop_put_the_task_back(
    start: Start, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = "app.conf.update(task_acks_late=True, worker_soft_shutdown_timeout=0.5)\n"
    worker = start(late, command=f"export REMAP_SIGTERM=SIGQUIT; exec {WORKER}")
    worker.ready(30)
    stop = worker.stop(20)
    assert (stop["killed"], stop["fate"]) == (False, "waiting")
    assert server.waiting() == 1
