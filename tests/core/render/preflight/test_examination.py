"""All checks over one project: what is planted is found, where it is planted, and nothing else."""

from pathlib import Path

import pytest

from core.places import DEMO
from core.render.preflight.examination import CHECKS, blocks, examine
from core.render.preflight.finding import Severity
from tests.support.preflight import (
    CLEAN,
    WORKER,
    clean,
    found,
    in_app,
    in_group,
    in_tasks,
    lay_out,
    line_of,
    picture,
    places,
    planted,
    started_by,
)

RENDER = "render.yaml"
POOL = "from concurrent.futures import ProcessPoolExecutor\n"

# Check, severity, what is changed, the file, a part of the line.
PLANTED: list[tuple[str, str, dict[str, str | bytes | None], str | None, str]] = [
    (
        "windows-packages",
        "block",
        {"requirements.txt": CLEAN["requirements.txt"] + "pywin32==311\n"},
        "requirements.txt",
        "pywin32",
    ),
    (
        "windows-packages",
        "warn",
        {"requirements.txt": CLEAN["requirements.txt"] + "xlwings==0.37.8\n"},
        "requirements.txt",
        "xlwings",
    ),
    (
        "missing-packages",
        "block",
        {"requirements.txt": "celery[redis]==5.5.3\nfastapi==0.118.0\n"},
        RENDER,
        "uvicorn main",
    ),
    ("missing-packages", "block", {"requirements.txt": None}, RENDER, "buildCommand"),
    (
        "unpinned",
        "warn",
        {"requirements.txt": CLEAN["requirements.txt"].replace("==0.37.0", ">=0.37")},
        "requirements.txt",
        "uvicorn",
    ),
    ("python-version", "warn", {".python-version": None}, None, ""),
    ("python-version", "warn", {".python-version": "3.12\n"}, ".python-version", "3.12"),
    ("python-version", "block", in_group("PYTHON_VERSION", '"3.13"'), RENDER, '"3.13"'),
    (
        "list-bytes",
        "info",
        {"requirements.txt": b"\xff\xfe" + CLEAN["requirements.txt"].encode("utf-16-le")},
        "requirements.txt",
        "",
    ),
    (
        "line-ends",
        "block",
        {
            "start.sh": b"#!/bin/bash\r\nexec celery -A proj.app worker -c 2\r\n",
            **started_by("bash start.sh"),
        },
        "start.sh",
        "",
    ),
    (
        "exec-bits",
        "block",
        {
            "start.sh": "#!/bin/bash\nexec celery -A proj.app worker -c 2\n",
            **started_by("./start.sh"),
        },
        RENDER,
        "./start.sh",
    ),
    (
        "import-case",
        "block",
        {"proj/Mail.py": "def send(): ...\n", **in_tasks("", "from proj import mail\n")},
        "proj/tasks.py",
        "import mail",
    ),
    (
        "colliding-paths",
        "block",
        {"proj/Tasks.py": "x = 1\n"},
        "proj/Tasks.py",
        "",
    ),
    (
        "windows-paths",
        "warn",
        in_tasks('def load():\n    return open(r"data\\in.csv", "rb")\n'),
        "proj/tasks.py",
        "in.csv",
    ),
    (
        "encodings",
        "warn",
        in_tasks('def load():\n    return open("data.txt")\n'),
        "proj/tasks.py",
        "data.txt",
    ),
    (
        "shared-files",
        "block",
        {
            "main.py": CLEAN["main.py"]
            + "\n\ndef upload(data):\n    path = '/tmp/in'\n"
            + "    with open(path, 'wb') as f:\n        f.write(data)\n    add.delay(path, 1)\n"
        },
        "main.py",
        "add.delay(path",
    ),
    ("windows-only", "block", in_tasks("", "import winreg\n"), "proj/tasks.py", "winreg"),
    (
        "windows-only",
        "block",
        in_tasks('@app.task\ndef show():\n    import os\n    os.startfile("a")\n'),
        "proj/tasks.py",
        "startfile",
    ),
    (
        "importable",
        "block",
        {
            **{f"backend/{path}": text for path, text in CLEAN.items() if path.startswith("proj")},
            **{path: None for path in CLEAN if path.startswith("proj")},
            "main.py": 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/health")\n'
            "def health(): ...\n",
        },
        RENDER,
        WORKER,
    ),
    ("pool", "block", started_by(f"{WORKER} --pool=solo"), RENDER, "solo"),
    (
        "pool",
        "block",
        started_by("celery -A proj.app worker -c 2 -n w@%computername%"),
        RENDER,
        "computername",
    ),
    ("pool", "block", in_app('app.conf.worker_pool = "solo"\n'), "proj/app.py", "solo"),
    (
        "processes-in-tasks",
        "block",
        in_tasks("@app.task\ndef many():\n    with ProcessPoolExecutor():\n        pass\n", POOL),
        "proj/tasks.py",
        "ProcessPoolExecutor()",
    ),
    (
        "made-before-fork",
        "warn",
        in_tasks('engine = create_engine("sqlite://")\n', "from sqlalchemy import create_engine\n"),
        "proj/tasks.py",
        "engine =",
    ),
    (
        "shared-globals",
        "warn",
        in_tasks("seen = []\n\n\n@app.task\ndef note(x):\n    seen.append(x)\n"),
        "proj/tasks.py",
        "seen.append",
    ),
    ("time-limits", "warn", in_app("app.conf.task_time_limit = 50\n"), "proj/app.py", "= 50"),
    ("concurrency", "warn", started_by("celery -A proj.app worker"), RENDER, "celery -A"),
    (
        "event-loops",
        "block",
        {
            "proj/tasks.py": "import asyncio\n\n"
            "asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())\n"
            + CLEAN["proj/tasks.py"]
        },
        "proj/tasks.py",
        "Selector",
    ),
    (
        "shutdown-delay",
        "warn",
        in_tasks(
            "@app.task(soft_time_limit=90, time_limit=100)\ndef long():\n    try:\n"
            "        add(1, 2)\n    except SoftTimeLimitExceeded:\n        pass\n",
            "from celery.exceptions import SoftTimeLimitExceeded\n",
        ),
        "proj/tasks.py",
        "time_limit=100",
    ),
    (
        "visibility-timeout",
        "warn",
        in_tasks("def later():\n    add.apply_async((1, 2), countdown=2 * 60 * 60)\n"),
        "proj/tasks.py",
        "countdown",
    ),
    (
        "not-twice",
        "warn",
        in_tasks("@app.task(acks_late=True)\ndef pay(card):\n    stripe.Charge.create(card)\n"),
        "proj/tasks.py",
        "Charge",
    ),
    (
        "signals",
        "block",
        {
            "start.sh": "#!/bin/bash\ncelery -A proj.app worker -c 2\n",
            **started_by("bash start.sh"),
        },
        "start.sh",
        "celery",
    ),
    (
        "beat",
        "block",
        {
            RENDER: clean(RENDER, WORKER, f"{WORKER} -B").replace(
                "maxShutdownDelaySeconds: 60", "numInstances: 2"
            )
        },
        RENDER,
        "-B",
    ),
    (
        "node-names",
        "warn",
        {
            RENDER: clean(RENDER, "worker@%h", "worker1").replace(
                "maxShutdownDelaySeconds: 60", "numInstances: 2"
            )
        },
        RENDER,
        "-n worker1",
    ),
    (
        "tls",
        "block",
        in_group("CELERY_BROKER_URL", "rediss://broker.example.org:6379"),
        RENDER,
        "rediss",
    ),
    (
        "literal-variables",
        "block",
        in_group("CELERY_BROKER_URL", "${REDIS_URL}"),
        RENDER,
        "${REDIS",
    ),
    ("environment", "block", in_app('x = os.environ["SECRET"]\n'), "proj/app.py", "SECRET"),
    (
        "localhost",
        "block",
        in_group("CELERY_BROKER_URL", "redis://localhost/0"),
        RENDER,
        "localhost",
    ),
    (
        "localhost",
        "block",
        {"proj/app.py": clean("proj/app.py", "broker=url", 'broker="redis://localhost/0"')},
        "proj/app.py",
        "localhost",
    ),
    (
        "broker-budget",
        "warn",
        {RENDER: clean(RENDER, "maxmemoryPolicy: noeviction", "maxmemoryPolicy: allkeys-lru")},
        RENDER,
        "- type: keyvalue",
    ),
    (
        "tracked-secrets",
        "block",
        in_group("API_KEY", "Zk9q3Xv7Lw2Rt8Yp5Mn1Bc6D"),
        RENDER,
        "Zk9",
    ),
    ("blueprint", "warn", {RENDER: clean(RENDER, "runtime: python", "env: python")}, RENDER, ""),
    (
        "blueprint",
        "block",
        {RENDER: clean(RENDER, "region: frankfurt", "region: oslo")},
        RENDER,
        "",
    ),
]


@pytest.mark.parametrize(
    ("check", "severity", "changes", "file", "part"),
    PLANTED,
    ids=[f"{check}-{number}" for number, (check, *_) in enumerate(PLANTED)],
)
def test_a_fault_is_found_where_it_is_planted_and_nowhere_else(
    check: str,
    severity: str,
    changes: dict[str, str | bytes | None],
    file: str | None,
    part: str,
    tmp_path: Path,
) -> None:
    files = planted(changes)
    seen = places(found(picture(files, tmp_path)))
    line = None if file is None else line_of(files[file], part) if part else 1
    if check == "blueprint":  # each service has that fault
        assert {place[:3] for place in seen} == {(check, severity, file)}
    else:
        assert seen == [(check, severity, file, line)]


def test_a_module_that_git_does_not_have_is_found_where_it_is_imported(tmp_path: Path) -> None:
    files = planted(in_tasks("", "from proj import local_settings\n"))
    seen = places(found(picture(files, tmp_path, loose=["proj/local_settings.py"])))
    assert seen == [("left-out", "block", "proj/tasks.py", 1)]


def test_the_clean_project_has_nothing_wrong_and_something_unproven(tmp_path: Path) -> None:
    snapshot = picture(CLEAN, tmp_path)
    assert found(snapshot) == ()
    unproven = {each.check for each in examine(snapshot)}
    assert unproven == {"resolves-on-linux", "wheels", "importable", "memory"}


def test_the_demo_as_it_comes_has_nothing_that_blocks(tmp_path: Path) -> None:
    names = ("main.py", "requirements.txt", "celery_queue/__init__.py")
    names += ("celery_queue/celery_app.py", "celery_queue/tasks.py")
    files = {name: (DEMO / name).read_bytes() for name in names}
    assert not blocks(examine(picture(files, tmp_path, local="3.13.1")))


def test_every_check_has_a_fault_that_it_finds() -> None:
    proven_by_a_run = {"resolves-on-linux", "wheels", "memory"}
    elsewhere = {"commit", "left-out"}
    assert {check for check, *_ in PLANTED} | proven_by_a_run | elsewhere == {
        check.id for check in CHECKS
    }


def test_no_finding_has_a_value_in_it(tmp_path: Path) -> None:
    password = "hunter2-pa55word"
    lay_out(tmp_path, {".env": f"REDIS_URL=rediss://u:{password}@h:1\nDB_URL=${{X}}{password}\n"})
    files = planted(in_group("API_KEY", "Zk9q3Xv7Lw2Rt8Yp5Mn1Bc6D"))
    files = {**files, ".env": f"DATABASE_URL=postgres://u:{password}@db.example.org/x\n"}
    told = repr(examine(picture(files, tmp_path)))
    assert password not in told
    assert "Zk9q3Xv7Lw2Rt8Yp5Mn1Bc6D" not in told
    assert Severity.BLOCK in {each.seen.severity for each in examine(picture(files, tmp_path))}
