"""Real children for tests: a listener that can be waited for, and small programs."""

import asyncio
import ctypes
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path

import psutil
import pytest

from core.workers.containment import Containment, make_containment
from core.workers.process import ChildSpec, Exit

DATA = Path(__file__).parents[2] / "data"
PROGRAMS = DATA / "children"
PATIENCE_S = 30.0


class Ears:
    """A listener that remembers all it heard, in order."""

    def __init__(self) -> None:
        self.said: list[tuple[str, bytes]] = []
        self.exits: list[Exit] = []
        self._news = asyncio.Event()

    def out(self, chunk: bytes) -> None:
        assert type(chunk) is bytes
        assert not self.exits, "bytes after the exit"
        self.said.append(("out", chunk))
        self._news.set()

    def err(self, chunk: bytes) -> None:
        assert type(chunk) is bytes
        assert not self.exits, "bytes after the exit"
        self.said.append(("err", chunk))
        self._news.set()

    def exited(self, exit: Exit) -> None:
        self.exits.append(exit)
        self._news.set()

    def all(self, pipe: str = "out") -> bytes:
        return b"".join(chunk for name, chunk in self.said if name == pipe)

    @property
    def lines(self) -> list[str]:
        return self.all().decode().splitlines()

    async def hears(self, condition: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not condition():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            pytest.fail(f"never came; heard {self.said!r}, {self.exits}")

    async def hears_line(self, number: int = 0) -> str:
        """A whole line of standard output, by its number."""
        await self.hears(lambda: self.all().count(b"\n") > number)
        return self.lines[number]


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def spec(tmp_path: Path) -> Callable[..., ChildSpec]:
    """A child that runs a piece of Python, or a file of tests/data/children."""

    def make(program: str, *args: str, takes_commands: bool = False) -> ChildSpec:
        code = (str(PROGRAMS / program),) if program.endswith(".py") else ("-c", program)
        argv = (sys.executable, "-u", *code, *args)
        return ChildSpec("worker1@box", argv, dict(os.environ), tmp_path, takes_commands)

    return make


@pytest.fixture
async def containment() -> AsyncIterator[Containment]:
    async with make_containment() as containment:
        yield containment


@pytest.fixture
def nothing_left() -> Iterator[None]:
    """Fails a test that leaves a child of ours running."""
    before = set(psutil.Process().children(recursive=True))
    yield
    left = set(psutil.Process().children(recursive=True)) - before
    assert not left, [process.pid for process in left]


@pytest.fixture
def are_gone() -> Callable[[Iterable[int], float], bool]:
    """Whether processes, not only our children, end within some seconds."""
    return _are_gone


def _are_gone(pids: Iterable[int], within_s: float = 2.0) -> bool:
    deadline = time.monotonic() + within_s
    return all(_is_gone(pid, deadline - time.monotonic()) for pid in pids)


def _is_gone(pid: int, within_s: float) -> bool:
    if not hasattr(os, "pidfd_open"):
        try:
            psutil.Process(pid).wait(max(within_s, 0.0))
        except psutil.NoSuchProcess:
            return True
        except psutil.TimeoutExpired:
            return False
        return True
    try:
        handle = os.pidfd_open(pid)  # readable as soon as it is dead, reaped or not
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], max(within_s, 0.0))[0])
    finally:
        os.close(handle)


class Supervisor:
    """tests/data/supervisor.py as a process."""

    def __init__(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(DATA / "supervisor.py"), *words], stdout=subprocess.PIPE
        )
        self.facts: dict[str, object] = {}

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def hears(self) -> dict[str, object]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"supervisor ended with {self.process.wait()}"
        fact = json.loads(line)
        self.facts |= fact
        return fact

    def pids_when_ready(self) -> list[int]:
        pids: list[int] = []
        while "ready" not in (fact := self.hears()):
            pids += fact.get("pids", [])
        return pids


@pytest.fixture
def supervise() -> type[Supervisor]:
    """Starts tests/data/supervisor.py, which may be killed."""
    return Supervisor


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A running process in a group of its own that carries the mark `token.7.`"""
    program = "print(flush=True); import time; time.sleep(100)"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        start_new_session=True,
        stdout=subprocess.PIPE,
        env=os.environ | {"SOLOFLEET_SESSION": ":token.7."},
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


@pytest.fixture
def is_in_job() -> Callable[[int, object], bool]:
    """Whether a process is in a job of Windows (IsProcessInJob)."""

    def ask(pid: int, job: object) -> bool:
        kernel32 = ctypes.WinDLL("kernel32")
        kernel32.OpenProcess.restype = ctypes.c_void_p
        process = ctypes.c_void_p(kernel32.OpenProcess(0x400, 0, pid))  # QUERY_INFORMATION
        answer = ctypes.c_int()
        handle = ctypes.c_void_p(job._handle)
        assert kernel32.IsProcessInJob(process, handle, ctypes.byref(answer))
        kernel32.CloseHandle(process)
        return bool(answer.value)

    return ask
