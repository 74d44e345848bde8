import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.project import open_project

DEMO = Path(__file__).parents[2] / "resources" / "demo"
FILES = sorted(DEMO.rglob("*.py"))

# Runs tasks as a worker would, but in this process and without a broker (USE_CELERY=false).
RUN = """
import inspect, json, sys, time
time.sleep = lambda seconds: None
from celery_queue.celery_app import celery_app
from celery_queue import tasks

told = {}
for name, task in sorted(celery_app.tasks.items()):
    if name.startswith("celery."):
        continue
    result = task.apply(kwargs=json.loads(sys.argv[1]).get(name.split(".")[-1], {}))
    told[name] = {
        "state": result.state,
        "result": repr(result.result),
        "traceback": len((result.traceback or "").splitlines()),
        "doc": inspect.getdoc(task.run),
        "bare": [
            p.name
            for p in inspect.signature(task.run).parameters.values()
            if p.default is p.empty or p.annotation is p.empty
        ],
        "limits": [task.soft_time_limit, task.time_limit],
    }
told["web"] = [name for name in ("fastapi", "pydantic") if name in sys.modules]
sys.stdout.write("\\n" + json.dumps(told))
"""
ARGUMENTS = {
    "count_primes": {"below": 100},
    "fill_memory": {"megabytes": 1},
    "overrun": {"seconds": 0},
}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", RUN, json.dumps(ARGUMENTS)],
        cwd=DEMO,
        env={"USE_CELERY": "false", "PATH": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_opening_the_folder_finds_the_app_as_the_guide_names_it() -> None:
    project = open_project(DEMO, python=sys.executable, environ={})

    assert (project.app, project.workdir) == ("celery_queue.celery_app", DEMO)
    assert len(project.candidates) == 1
    assert project.notes == ()


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("add", "3"),
        ("report", "'Sales, 4 pages'"),
        ("fetch", "'https://example.org/ answered at attempt 3'"),
        ("count_primes", "25"),
        ("fill_memory", "1048576"),
        ("print_colours", "'Grüße, 世界, 👋🏽'"),
        ("overrun", "'ran for all of 0 s'"),
    ],
)
def test_a_task_succeeds(told: dict[str, Any], name: str, result: str) -> None:
    assert told[f"celery_queue.tasks.{name}"]["state"] == "SUCCESS"
    assert told[f"celery_queue.tasks.{name}"]["result"] == result


def test_the_broken_tasks_fail_and_one_of_them_at_length(told: dict[str, Any]) -> None:
    short, long = (told[f"celery_queue.tasks.{name}"] for name in ("fail", "fail_deep"))

    assert short["state"] == long["state"] == "FAILURE"
    assert "the customer has no address" in short["result"]
    assert long["traceback"] > 80


def test_every_task_explains_itself_and_can_be_sent_without_arguments(
    told: dict[str, Any],
) -> None:
    tasks = {name: task for name, task in told.items() if name != "web"}

    assert len(tasks) == 9
    assert all(task["doc"] and not task["bare"] for task in tasks.values())


def test_one_task_has_limits_and_the_others_those_of_the_app(told: dict[str, Any]) -> None:
    assert told["celery_queue.tasks.overrun"]["limits"] == [2, 4]
    assert told["celery_queue.tasks.add"]["limits"] == [1500, 1800]


def test_a_worker_needs_nothing_of_the_web_service(told: dict[str, Any]) -> None:
    assert told["web"] == []


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_the_code_is_python_3_8(file: Path) -> None:
    ast.parse(file.read_text("utf-8"), feature_version=(3, 8))


def test_the_variables_of_the_guide_have_an_example() -> None:
    text = (DEMO / ".env.example").read_text("utf-8")

    code = (DEMO / "celery_queue/celery_app.py").read_text("utf-8")
    for name in ("REDIS_URL", "CELERY_BROKER_URL", "USE_CELERY", "CELERY_TASK_TIME_LIMIT"):
        assert f"{name}=" in text
        assert f'"{name}"' in code
