"""A project that is ready for Render, and what the preflight makes of faults in it."""

import hashlib
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from core.project.opening import Project
from core.render.preflight.commit import EXECUTABLE, Commit, Entry
from core.render.preflight.examination import examine
from core.render.preflight.finding import Finding, Severity
from core.render.preflight.snapshot import Snapshot
from core.render.preflight.taking import snapshot_of
from core.render.sizing.measured import Measured

CLEAN: Mapping[str, str] = {
    "render.yaml": """\
services:
  - type: web
    name: web
    runtime: python
    region: frankfurt
    plan: starter
    buildCommand: pip install -r requirements.txt
    startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
    healthCheckPath: /health
    envVars:
      - fromGroup: shared
      - key: REDIS_URL
        fromService: {type: keyvalue, name: broker, property: connectionString}
  - type: worker
    name: worker
    runtime: python
    region: frankfurt
    plan: starter
    buildCommand: pip install -r requirements.txt
    startCommand: celery -A proj.app worker --concurrency=2 -n worker@%h
    maxShutdownDelaySeconds: 60
    envVars:
      - fromGroup: shared
      - key: REDIS_URL
        fromService: {type: keyvalue, name: broker, property: connectionString}
  - type: keyvalue
    name: broker
    region: frankfurt
    plan: starter
    ipAllowList: []
    maxmemoryPolicy: noeviction
envVarGroups:
  - name: shared
    envVars:
      - key: LOG_LEVEL
        value: INFO
""",
    ".python-version": "3.13\n",
    "requirements.txt": "celery[redis]==5.5.3\nfastapi==0.118.0\nuvicorn==0.37.0\n",
    "main.py": """\
from fastapi import FastAPI

from proj.tasks import add

app = FastAPI()


@app.get("/health")
def health():
    return {"id": add.delay(1, 2).id}
""",
    "proj/__init__.py": "",
    "proj/app.py": """\
import os

from celery import Celery

url = os.environ["REDIS_URL"]
app = Celery("proj", broker=url, backend=url, include=["proj.tasks"])
app.conf.update(task_track_started=True)
""",
    "proj/tasks.py": """\
from proj.app import app


@app.task
def add(x, y):
    return x + y
""",
}
"""By path; nothing of it blocks, and nothing is warned of."""

INSTALLED: Mapping[str, tuple[str, ...]] = {
    "celery": ("kombu>=5", "redis>=4; extra == 'redis'", "tzdata; sys_platform == 'win32'"),
    "kombu": (),
    "redis": (),
    "fastapi": ("pydantic", "uvicorn[standard]; extra == 'standard'"),
    "pydantic": (),
    "uvicorn": ("click", "uvloop; sys_platform != 'win32' and extra == 'standard'"),
    "click": (),
    "flower": ("celery>=5", "tornado"),
    "tornado": (),
    "requests": (),
    "pyyaml": (),
}
"""What the project's own environment has, with what that requires."""

Place = tuple[str, str, str | None, int | None]
"""A check, the severity, the file, the line."""


def commit_of(
    files: Mapping[str, str | bytes],
    top: Path,
    *,
    folder: str = "",
    executable: Iterable[str] = (),
    loose: Iterable[str] = (),
    as_crlf: Iterable[str] = (),
    changed: tuple[str, ...] = (),
    submodules: tuple[str, ...] = (),
    branch: str | None = "main",
) -> Commit:
    """A commit of these files, without any git."""
    data = {
        path: each if isinstance(each, bytes) else each.encode() for path, each in files.items()
    }
    entries = {
        path: Entry(
            path,
            EXECUTABLE if path in executable else "100644",
            hashlib.sha1(each).hexdigest(),
            len(each),
        )
        for path, each in data.items()
    }
    return Commit(
        top=top,
        folder=folder,
        oid="0123456789abcdef",
        branch=branch,
        entries=entries,
        contents=data,
        submodules=submodules,
        changed=changed,
        loose=frozenset(loose),
        as_crlf=frozenset(as_crlf),
    )


def picture(
    files: Mapping[str, str | bytes],
    top: Path,
    *,
    local: str | None = "3.13.5",
    project: Project | None = None,
    measured: Measured | None = None,
    installed: Mapping[str, tuple[str, ...]] = INSTALLED,
    **more: Any,
) -> Snapshot:
    """The snapshot of such a commit; `more` are of `commit_of`."""
    return snapshot_of(commit_of(files, top, **more), project, local, measured, installed)


def planted(changes: Mapping[str, str | bytes | None]) -> dict[str, str | bytes]:
    """The clean project with files added, replaced, or (None) left out."""
    files: dict[str, str | bytes] = {**CLEAN}
    for path, text in changes.items():
        if text is None:
            del files[path]
        else:
            files[path] = text
    return files


def clean(path: str, old: str, new: str) -> str:
    """A file of the clean project with a part of it replaced, which must be there."""
    assert old in CLEAN[path], old
    return CLEAN[path].replace(old, new)


def found(snapshot: Snapshot) -> tuple[Finding, ...]:
    """What is found, without what is only unproven."""
    return tuple(each for each in examine(snapshot) if each.seen.severity is not Severity.UNPROVEN)


def places(findings: Iterable[Finding]) -> list[Place]:
    """Which check found what where."""
    return [
        (each.check, each.seen.severity.value, each.seen.file, each.seen.line) for each in findings
    ]


def line_of(text: str | bytes | None, part: str) -> int:
    """The number of the first line with this part, from 1."""
    assert text is not None
    lines = (text.decode() if isinstance(text, bytes) else text).splitlines()
    return next(number for number, line in enumerate(lines, 1) if part in line)


def git(folder: Path, *words: str) -> str:
    """Run git there, as somebody whose own settings do not matter."""
    who = ("-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "core.autocrlf=false")
    done = subprocess.run(
        ("git", *who, *words), cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def repository(folder: Path, files: Mapping[str, str | bytes], message: str = "First") -> Path:
    """A real repository with one commit of these files."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "N")  # for commits that are not made by `git` above
    git(folder, "config", "user.email", "n@example.org")
    lay_out(folder, files)
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-q", "-m", message)
    return folder


def lay_out(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files as they are, byte for byte."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())


def seen_by(
    check: str, changes: Mapping[str, str | bytes | None], top: Path, **more: Any
) -> list[tuple[str, str | None, int | None]]:
    """What one check finds in the clean project with these changes: severity, file, line."""
    findings = examine(picture(planted(changes), top, **more))
    return [place[1:] for place in places(findings) if place[0] == check]


def in_tasks(more: str, first: str = "") -> dict[str, str]:
    """Code at the end of the module of tasks, and `first` at its start."""
    return {"proj/tasks.py": f"{first}{CLEAN['proj/tasks.py']}\n\n{more}"}


def in_app(more: str) -> dict[str, str]:
    """Code at the end of the module of the app."""
    return {"proj/app.py": CLEAN["proj/app.py"] + more}


WORKER = "celery -A proj.app worker --concurrency=2 -n worker@%h"


def started_by(command: str, instances: int = 1) -> dict[str, str]:
    """Another start command for the worker."""
    text = clean("render.yaml", WORKER, command)
    return {
        "render.yaml": text.replace("maxShutdown", f"numInstances: {instances}\n    maxShutdown")
    }


def in_group(key: str, value: str) -> dict[str, str]:
    """A variable of the environment group of render.yaml."""
    added = f"value: INFO\n      - key: {key}\n        value: {value}"
    return {"render.yaml": clean("render.yaml", "value: INFO", added)}
