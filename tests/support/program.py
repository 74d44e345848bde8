"""Runs the command line as a user does, and reads what it says."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from tests.support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-W", "error", "-m", "core.cli")
MARK = "TEST_OF_SOLOFLEET"
"""The variable by which the descendants of one program are known."""

Record = dict[str, Any]


class Program:
    """`solofleet ...`: `records` are the JSON lines so far, `said` is standard error.

    Its standard input has ended when it starts.
    """

    def __init__(self, arguments: tuple[str, ...], folder: Path, env: dict[str, str]) -> None:
        self.records: list[Record] = []
        self.text: list[str] = []
        self._said: list[str] = []
        self._news = threading.Condition()
        self._mark = uuid.uuid4().hex
        self._met: set[psutil.Process] = set()
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, **homes(folder), MARK: self._mark, **env},
        )
        self._threads = [
            threading.Thread(target=self._read_out, daemon=True),
            threading.Thread(target=self._read_err, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def wait(self, kind: str, limit_s: float = 60, **fields: Any) -> Record:
        """The first record of this kind with these fields."""
        return self.wait_for(
            lambda record: (
                record["kind"] == kind
                and all(record.get(key) == value for key, value in fields.items())
            ),
            f"{kind} {fields}",
            limit_s,
        )

    def wait_for(self, wanted: Callable[[Record], bool], what: str, limit_s: float = 60) -> Record:
        end = time.monotonic() + limit_s
        seen = 0
        with self._news:
            while True:
                for record in self.records[seen:]:
                    if wanted(record):
                        self._meet_children()
                        return record
                seen = len(self.records)
                ended = self.process.poll() is not None and not self._threads[0].is_alive()
                if time.monotonic() > end or ended:
                    raise AssertionError(f"no {what}: {self.records[-10:]}\n{self.said}")
                self._news.wait(0.2)

    def end(self, limit_s: float = 60) -> int:
        """The exit code, once all is read."""
        try:
            code = self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"did not end: {self.records[-10:]}\n{self.said}") from None
        for thread in self._threads:
            thread.join(5)
        return code

    @property
    def said(self) -> str:
        return "".join(self._said)

    @property
    def summary(self) -> Record:
        """The last line, once it has ended."""
        assert self.records[-1]["kind"] == "summary", self.records[-3:]
        return self.records[-1]

    def pids(self) -> dict[str, int]:
        """The present process of each worker that is up."""
        with self._news:
            lines = [r for r in self.records if r["kind"] == "worker" and r["pid"]]
        return {line["name"]: line["pid"] for line in lines}

    def ready_pids(self) -> set[int]:
        """The processes whose worker was last told to be ready."""
        with self._news:
            last = {r["name"]: r for r in self.records if r["kind"] == "worker"}
        return {record["pid"] for record in last.values() if record["state"] == "ready"}

    def wait_all_ready(self, count: int) -> tuple[str, ...]:
        """The names of the workers, once `count` of them have been ready."""

        def ready() -> set[str]:
            with self._news:
                return {
                    record["name"]
                    for record in self.records
                    if record["kind"] == "worker" and record["state"] == "ready"
                }

        wait_until(lambda: len(ready()) >= count, 60, f"{count} ready workers")
        return tuple(sorted(ready()))

    def final_states(self) -> dict[str, list[str]]:
        """Every final state that was told of each task."""
        final = ("succeeded", "failed", "revoked", "lost")
        states: dict[str, list[str]] = {}
        with self._news:
            records = tuple(self.records)
        for record in records:
            if record["kind"] == "task":
                told = states.setdefault(record["id"], [])
                if record["state"] in final:
                    told.append(record["state"])
        return states

    def tally(self) -> Counter[str]:
        """How many tasks ended in which state, each once."""
        return Counter(states[-1] for states in self.final_states().values() if states)

    def interrupt(self) -> None:
        """Ctrl+C."""
        self.process.send_signal(signal.SIGINT)

    def family(self) -> list[psutil.Process]:
        """Every process that it started and that still runs, whoever is its parent by now.

        Some overwrite the mark with a title (Valkey does): they are known when the program lived
        at an earlier call, or while something was waited for.
        """
        self._meet_children()
        found = self._met | set(marked(self._mark))
        return [process for process in found if process.pid != self.process.pid and _lives(process)]

    def _meet_children(self) -> None:
        with suppress(psutil.NoSuchProcess):
            self._met |= set(psutil.Process(self.process.pid).children(recursive=True))

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    def _read_out(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self.text.append(line)
                if line.startswith("{"):
                    self.records.append(json.loads(line))
                self._news.notify_all()

    def _read_err(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._said.append(line)


def marked(mark: str) -> list[psutil.Process]:
    """The living processes with this mark in their environment."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get(MARK) == mark and _lives(process):
                found.append(process)
    return found


def _lives(process: psutil.Process) -> bool:
    """An orphan stays a zombie where process 1 collects none, as in some containers."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def homes(folder: Path) -> dict[str, str]:
    """Variables that keep what a test leaves in its own folder, and out of the keyring."""
    return {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "LOCALAPPDATA": str(folder / "local"),
    }


@contextmanager
def solofleet(*arguments: str, folder: Path, **env: str) -> Generator[Program]:
    """The program for the time of the block; `folder` takes its files. It leaves no process."""
    program = Program(arguments, folder, env)
    try:
        yield program
    finally:
        program.close()
    wait_until(lambda: not program.family(), 5, "its processes to end")
