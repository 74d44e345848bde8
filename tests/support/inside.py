"""Drives the scripts of `resources/inside` as Solofleet does, from plain threads."""

import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support.waiting import wait_until

INSIDE = Path(__file__).resolve().parents[2] / "resources" / "inside"
PROJECTS = Path(__file__).resolve().parents[1] / "data" / "projects"
LIMIT_S = 60.0 if sys.platform == "win32" else 20.0

Record = dict[str, Any]


def broker_variables(url: str) -> dict[str, str]:
    names = ("CELERY_BROKER_URL", "CELERY_BROKER_READ_URL", "CELERY_BROKER_WRITE_URL")
    return dict.fromkeys((*names, "CELERY_RESULT_BACKEND"), url)


class Inside:
    """One script that runs; `records` is all it said on stdout, `log` what it wrote on stderr."""

    def __init__(self, python: Path, script: str, start: Mapping[str, Any], cwd: Path) -> None:
        self.records: list[Record] = []
        self._log = bytearray()
        self._news = threading.Condition()
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        environment.pop("PYTHONPATH", None)
        environment.update(start["broker"])
        self.process = subprocess.Popen(
            [str(python), str(INSIDE / script), str(start.get("node", ""))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=cwd,
        )
        self._threads = [
            threading.Thread(target=self._read_records, daemon=True),
            threading.Thread(target=self._read_log, daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        self.say(**start)

    def say(self, **message: Any) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            code = self.end()
            raise AssertionError(f"it ended with {code}\nlog:\n{self.log}") from None

    def wait(self, kind: str, limit_s: float = LIMIT_S, **fields: Any) -> Record:
        """The first record of this kind with these fields."""
        return self.wait_for(
            lambda record: (
                record["kind"] == kind
                and all(record.get(key) == value for key, value in fields.items())
            ),
            f"{kind} {fields}",
            limit_s,
        )

    def wait_for(
        self, wanted: Callable[[Record], bool], what: str, limit_s: float = LIMIT_S
    ) -> Record:
        end = time.monotonic() + limit_s
        with self._news:
            while True:
                for record in self.records:
                    if wanted(record):
                        return record
                left = end - time.monotonic()
                ended = self.process.poll() is not None and not self._threads[0].is_alive()
                if left <= 0 or ended:
                    raise AssertionError(
                        f"no {what}\nsaid: {self.records[-20:]}\nlog:\n{self.log}"
                        f"\nexit code: {self.process.poll()}"
                    )
                self._news.wait(min(left, 0.2))

    def kinds(self, task_id: str) -> list[str]:
        """What was said of one task, in order."""
        return [record["kind"] for record in self.records if record.get("id") == task_id]

    @property
    def log(self) -> str:
        return bytes(self._log).decode(errors="replace")

    def end(self, limit_s: float = LIMIT_S) -> int:
        """The exit code, once all is read."""
        code = self.process.wait(limit_s)
        for thread in self._threads:
            thread.join(5)
        return code

    def close(self) -> None:
        self.process.kill()
        self.end()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            with suppress(OSError):  # what was still to be written to a process that is gone
                stream.close()

    def _read_records(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self.records.append(json.loads(line))
                self._news.notify_all()

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        while chunk := self.process.stderr.read1(65536):  # type: ignore[attr-defined]
            self._log += chunk


class Bridge(Inside):
    """`calls.py`, asked."""

    _number = 0

    def call(self, kind: str, **fields: Any) -> Record:
        self._number += 1
        self.say(id=self._number, kind=kind, **fields)
        return self.wait_for(lambda record: record.get("id") == self._number, f"answer to {kind}")


def send(calls: Bridge, task: str, *args: object, **options: object) -> str:
    """Send one task; its id."""
    task_id = str(uuid.uuid4())
    call = {"task": task, "ids": [task_id], "args": list(args), **options}
    assert calls.call("send", **call)["sent"] == 1
    return task_id


def wait_for_control(calls: Bridge, node: str) -> None:
    """Wait until a worker answers ping: its remote control comes up a moment after `ready`."""

    def answers() -> bool:
        call = {"what": "ping", "destination": [node], "timeout_s": 1.0}
        return bool(calls.call("inspect", **call)["replies"])

    wait_until(answers, LIMIT_S, f"remote control of {node}")


def start_message(url: str, app: str, workdir: Path, **more: Any) -> Record:
    return {
        "kind": "start",
        "app": app,
        "workdir": str(workdir),
        "loglevel": "info",
        "queues": [],
        "broker": broker_variables(url) if url else {},
        "loop": None,
        "debug_port": None,
        "argv": ["celery", "-A", app, "worker"],
        **more,
    }


@contextmanager
def worker(
    python: Path, url: str, node: str = "w1@box", app: str = "tasky", **more: Any
) -> Iterator[Inside]:
    """A fleet worker of a test project, from its start to its end."""
    workdir = Path(more.pop("workdir", PROJECTS / "tasky"))
    started = Inside(
        python, "worker.py", start_message(url, app, workdir, node=node, **more), workdir
    )
    try:
        yield started
    finally:
        started.close()


@contextmanager
def bridge(python: Path, url: str, app: str = "tasky", **more: Any) -> Iterator[Bridge]:
    """The bridge into a test project."""
    workdir = Path(more.pop("workdir", PROJECTS / "tasky"))
    started = Bridge(python, "calls.py", start_message(url, app, workdir, **more), workdir)
    try:
        yield started
    finally:
        started.close()
