"""A limit on the memory of a process and all below it, by what this Linux lets us have.

A cgroup below our own: of version 2 where that can be written, else of version 1. Where neither
can, a watcher stands in for the kernel: it reads the sum of proportional set sizes and kills the
largest process when that is too much. RLIMIT_AS and RLIMIT_DATA are no help: they count each
process on its own, and address space that is only reserved too.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from tests.support.waiting import wait_until

ROOT = Path("/sys/fs/cgroup")
LOOK_S = 0.02


class Limit(Protocol):
    """A limit, and `how` it is kept."""

    how: str

    def wrap(self, argv: Sequence[str]) -> list[str]:
        """The command that runs another one below the limit."""
        ...

    def begun(self, pid: int) -> None:
        """That command runs."""
        ...

    def kills(self) -> int:
        """How many processes it has cost."""
        ...


@contextmanager
def memory_limit(size: int) -> Iterator[Limit]:
    """So many bytes for whatever is run below it; nothing of it is left behind."""
    with ExitStack() as stack:
        for opened in (_version_2, _version_1):
            with suppress(OSError):
                limit = stack.enter_context(opened(size))
                break
        else:
            limit = stack.enter_context(_watcher(size))
        yield limit


@dataclass
class _Cgroup:
    folder: Path
    events: str
    how: str

    def wrap(self, argv: Sequence[str]) -> list[str]:
        return ["sh", "-c", f'echo $$ > "{self.folder}/cgroup.procs"; exec "$@"', "sh", *argv]

    def begun(self, pid: int) -> None:
        pass

    def kills(self) -> int:
        for line in (self.folder / self.events).read_text("ascii").splitlines():
            name, _, number = line.partition(" ")
            if name == "oom_kill":
                return int(number)
        raise AssertionError(f"{self.events} does not count kills")


@contextmanager
def _version_2(size: int) -> Iterator[Limit]:
    above = ROOT / _own("").lstrip("/")
    if "memory" not in (above / "cgroup.subtree_control").read_text("ascii").split():
        raise OSError("memory is not ours to limit")
    with _made(above) as folder:
        (folder / "memory.max").write_text(str(size), "ascii")
        with suppress(FileNotFoundError):
            (folder / "memory.swap.max").write_text("0", "ascii")
        yield _Cgroup(folder, "memory.events", "cgroup version 2")


@contextmanager
def _version_1(size: int) -> Iterator[Limit]:
    with _made(ROOT / "memory" / _own("memory").lstrip("/")) as folder:
        (folder / "memory.limit_in_bytes").write_text(str(size), "ascii")
        with suppress(OSError):  # there only where swap is counted
            (folder / "memory.memsw.limit_in_bytes").write_text(str(size), "ascii")
        yield _Cgroup(folder, "memory.oom_control", "cgroup version 1")


def _own(controller: str) -> str:
    """The cgroup that this process is in (cgroups(7), /proc/[pid]/cgroup)."""
    for line in Path("/proc/self/cgroup").read_text("ascii").splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(","):
            return path
    raise OSError(f"no cgroup has {controller or 'version 2'}")


@contextmanager
def _made(above: Path) -> Iterator[Path]:
    folder = above / f"solofleet-test-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        procs = folder / "cgroup.procs"
        if procs.exists():
            wait_until(lambda: not procs.read_text("ascii"), 20, "an empty cgroup")
        folder.rmdir()


class _Watcher:
    how = "a watcher of the proportional set sizes"

    def __init__(self, size: int) -> None:
        self._size = size
        self._kills = 0
        self.over = threading.Event()
        self._root: int | None = None

    def wrap(self, argv: Sequence[str]) -> list[str]:
        return list(argv)

    def begun(self, pid: int) -> None:
        self._root = pid

    def kills(self) -> int:
        return self._kills

    def watch(self) -> None:
        while not self.over.wait(LOOK_S):
            if self._root is not None:
                with suppress(psutil.Error):
                    self._look(psutil.Process(self._root))

    def _look(self, root: psutil.Process) -> None:
        sizes = {
            process: process.memory_full_info().pss
            for process in (root, *root.children(recursive=True))
        }
        if sum(sizes.values()) > self._size:
            self._kills += 1
            max(sizes, key=lambda process: sizes[process]).kill()


@contextmanager
def _watcher(size: int) -> Iterator[Limit]:
    watcher = _Watcher(size)
    thread = threading.Thread(target=watcher.watch)
    thread.start()
    try:
        yield watcher
    finally:
        watcher.over.set()
        thread.join()
