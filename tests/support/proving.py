"""Commits that are built and run, and the gate that does it, spoken to as Solofleet does."""

import base64
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.broker.servers import valkey_of_wheel
from tests.support.inside import INSIDE
from tests.support.venvs import python_with

PYTHON = ".".join(map(str, sys.version_info[:3]))
LIMITS = {"python": 60, "build": 60, "import": 30, "worker": 30, "task": 20, "stop": 20, "web": 20}
BOOT = "import sys;exec(sys.stdin.buffer.readline())"

Record = dict[str, Any]


def packages() -> str:
    """A build command of a moment: an environment that is kept lends its packages."""
    python = python_with("celery[redis]==5.7.0", "fastapi==0.121.3", "uvicorn==0.38.0")
    (folder,) = python.parents[1].glob("lib/python*/site-packages")
    return f"echo {folder} > $(python -c 'import site; print(site.getsitepackages()[0])')/lent.pth"


APP = """\
import os

from celery import Celery

app = Celery("proj", broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])


@app.task
def add(x, y):
    return x + y


@app.task
def fail():
    raise ValueError("the customer has no address")
"""
MAIN = """\
from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health():
    return {}
"""
WORKER = "python -m celery -A proj worker --concurrency=2 -n w@%h"
WEB = "python -m uvicorn main:app --host 0.0.0.0 --port $PORT"


def worker(**more: Any) -> Record:
    """The service of a worker as the gate is told it."""
    service: Record = {
        "name": "worker",
        "kind": "worker",
        "root": "",
        "folder": "",
        "build": packages(),
        "start": WORKER,
        "app": "proj",
        "env": {"REDIS_URL": "redis://nowhere.invalid:6379/0"},
        "path": None,
    }
    return {**service, **more}


def web(**more: Any) -> Record:
    """The service of a web server as the gate is told it."""
    service = worker(name="web", kind="web", start=WEB, app=None, path="/health")
    return {**service, **more}


def server() -> list[str]:
    """A command that serves the port which stands behind it."""
    return [str(valkey_of_wheel()), "--save", "", "--set-proc-title", "no", "--port"]


class Gate:
    """The gate over a commit of these files; `records` is what it says."""

    def __init__(self, files: Mapping[str, str], temporary: Path, **start: Any) -> None:
        self.records: list[Record] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        inside = {
            file.relative_to(INSIDE).as_posix(): file.read_text("utf-8")
            for file in INSIDE.rglob("*.py")
        }
        boot = (INSIDE / "proof" / "boot.py").read_text("utf-8")
        self._parts = [archive(files), b""]
        self._write(f"exec({boot!r})")
        self._write(json.dumps({"kind": "code", "files": inside}))
        more = {"python": PYTHON, "broker": server(), "limits": LIMITS, "task": None}
        self._write(json.dumps({"kind": "start", **more, **start}))

    def __iter__(self) -> Iterator[Record]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            record = json.loads(line)
            if record["kind"] == "more":
                data = base64.b64encode(self._parts.pop(0)).decode()
                self._write(json.dumps({"kind": "part", "data": data}))
            else:
                self.records.append(record)
                yield record

    def leave(self) -> None:
        """The end of its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def _write(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()


def archive(files: Mapping[str, str]) -> bytes:
    """A tar file of them."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for path, text in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return data.getvalue()


@contextmanager
def gate(files: Mapping[str, str], temporary: Path, **start: Any) -> Iterator[Gate]:
    """The gate for the time of the block."""
    opened = Gate(files, temporary, **start)
    try:
        yield opened
    finally:
        opened.leave()
        opened.process.wait(30)
        assert opened.process.stdout is not None
        opened.process.stdout.close()


def ended(records: list[Record]) -> dict[str, Record]:
    """The facts of each step by its name; of one that several services had, those of the last."""
    return {record["id"]: record["facts"] for record in records if record["kind"] == "ended"}
