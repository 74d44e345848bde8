"""What prefork does to tasks."""

from pathlib import Path

import pytest

from tests.support.preflight import in_tasks, seen_by, started_by

TASK = "@app.task\ndef many():\n    {body}\n"


@pytest.mark.parametrize(
    ("first", "body", "severity"),
    [
        ("import multiprocessing\n", "multiprocessing.Pool(4)", "block"),
        ("from multiprocessing import Process as P\n", "P(target=f).start()", "block"),
        ("import multiprocessing as mp\n", "mp.get_context('spawn').Pool()", "block"),
        ("import concurrent.futures\n", "concurrent.futures.ProcessPoolExecutor()", "block"),
        ("from multiprocessing.pool import ThreadPool\n", "ThreadPool(4)", None),
        ("from billiard import Pool\n", "Pool(4)", None),
        ("import multiprocessing\n", "multiprocessing.cpu_count()", None),
        (
            "import multiprocessing, sys\n",
            "if sys.platform == 'win32':\n        multiprocessing.Pool(4)",
            None,
        ),
        (
            "import multiprocessing\n",
            "try:\n        multiprocessing.Pool(4)\n    except Exception:\n        pass",
            "warn",
        ),
    ],
)
def test_processes_in_a_task(first: str, body: str, severity: str | None, tmp_path: Path) -> None:
    seen = seen_by("processes-in-tasks", in_tasks(TASK.format(body=body), first), tmp_path)
    assert [place[0] for place in seen] == ([severity] if severity else [])


def test_processes_are_found_in_what_a_task_calls(tmp_path: Path) -> None:
    changes = {
        **in_tasks(TASK.format(body="work()"), "from proj.work import work\n"),
        "proj/work.py": "import multiprocessing\n\ndef work():\n    multiprocessing.Pool()\n",
    }
    assert seen_by("processes-in-tasks", changes, tmp_path) == [("block", "proj/work.py", 4)]


def test_processes_outside_of_tasks_are_right(tmp_path: Path) -> None:
    changes = in_tasks("def f():\n    multiprocessing.Pool()\n", "import multiprocessing\n")
    assert seen_by("processes-in-tasks", changes, tmp_path) == []


def test_a_pool_of_threads_may_have_children(tmp_path: Path) -> None:
    changes = {
        **in_tasks(TASK.format(body="multiprocessing.Pool()"), "import multiprocessing\n"),
        **started_by("celery -A proj.app worker -c 2 -P threads"),
    }
    assert seen_by("processes-in-tasks", changes, tmp_path) == []


@pytest.mark.parametrize(
    ("first", "made", "severity"),
    [
        ("import sqlalchemy\n", "sqlalchemy.create_engine('x')", "warn"),
        (
            "from sqlalchemy.ext.asyncio import create_async_engine\n",
            "create_async_engine()",
            "warn",
        ),
        ("import httpx\n", "httpx.AsyncClient()", "warn"),
        ("import asyncio\n", "asyncio.new_event_loop()", "warn"),
        ("from pymongo import MongoClient\n", "MongoClient()", "warn"),
        ("import threading\n", "threading.Thread(target=f)", "warn"),
        ("import redis\n", "redis.Redis.from_url('x')", "info"),
        ("import redis\n", "lambda: redis.Redis()", None),
        ("from mine import create_engine\n", "create_engine()", None),
    ],
)
def test_what_is_made_before_the_fork(
    first: str, made: str, severity: str | None, tmp_path: Path
) -> None:
    seen = seen_by("made-before-fork", in_tasks(f"thing = {made}\n", first), tmp_path)
    assert [place[0] for place in seen] == ([severity] if severity else [])


def test_an_engine_that_is_disposed_of_after_the_fork_is_right(tmp_path: Path) -> None:
    code = "engine = create_engine('x')\n@worker_process_init.connect\ndef f(**_): ...\n"
    changes = in_tasks(code, "from sqlalchemy import create_engine\n")
    assert seen_by("made-before-fork", changes, tmp_path) == []


@pytest.mark.parametrize(
    ("before", "body", "seen"),
    [
        ("seen = {}", "seen['a'] = 1", True),
        ("seen = set()", "seen.add(1)", True),
        ("total = 0", "global total\n    total += 1", True),
        ("seen: list = []", "seen.append(1)", True),
        ("seen = {}", "return seen['a']", False),
        ("seen = {}", "seen2 = []\n    seen2.append(1)", False),
        ("total = 0", "total = 1", False),
    ],
)
def test_globals_that_tasks_change(before: str, body: str, seen: bool, tmp_path: Path) -> None:
    code = f"{before}\n\n{TASK.format(body=body)}"
    assert bool(seen_by("shared-globals", in_tasks(code), tmp_path)) is seen
