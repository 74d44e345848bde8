"""Looks at all processes of all workers at once: processor time, memory.

A worker is a tree of processes: on Windows a venv's python.exe starts the true interpreter, prefork
has children, tasks start programs. All are below this process, so that one map of parents does for
all workers.

Memory is what would be free if the process ended, cheaply told. On Linux that is the resident set
without its shared pages (`statm`, microseconds; USS and PSS read all mappings, milliseconds each,
and came out within 3 %). Pages that a forked child still shares with its parent count in both. On
Windows it is the private bytes, which come with the working set in one call; Wine makes them up.
Elsewhere it is the resident set.
"""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Sample:
    """The tree below `root` at one instant (monotonic).

    `cpu_s` was used by it since it began, as far as it was looked at, by processes that have ended
    meanwhile too; `memory` is in bytes.
    """

    root: int
    at: float
    cpu_s: float
    memory: int
    processes: int


class Sweep:
    """Remembers processes from one look to the next. Blocks: to be called in a thread."""

    def __init__(self) -> None:
        self._cpu_s: dict[psutil.Process, float] = {}
        self._used: dict[int, float] = {}
        self._known: dict[psutil.Process, psutil.Process] = {}

    def look(self, roots: Mapping[str, int]) -> Mapping[str, Sample]:
        """The trees below these processes of ours, by name; without those that have ended."""
        family = psutil.Process().children(recursive=True)
        # An object that is kept knows its parent, which on Windows takes a snapshot to find out.
        self._known = {each: self._known.get(each, each) for each in family}
        owners = {pid: name for name, pid in roots.items()}
        found: dict[str, Sample] = {}
        now = time.monotonic()
        cpu_s: dict[psutil.Process, float] = {}
        self._used = {pid: used for pid, used in self._used.items() if pid in owners}
        for process in self._known.values():  # parents come before their children
            try:
                with process.oneshot():
                    parent, cpu, memory = process.ppid(), process.cpu_times(), private(process)
            except psutil.Error:
                continue  # it has just ended, or is a zombie
            name = owners.get(process.pid) or owners.get(parent)
            if name is None:
                continue
            owners[process.pid] = name
            cpu_s[process] = cpu.user + cpu.system
            root = roots[name]
            used = cpu_s[process] - self._cpu_s.get(process, 0.0)
            self._used[root] = self._used.get(root, 0.0) + max(0.0, used)
            so_far = found.get(name) or Sample(root, now, 0.0, 0, 0)
            memory, processes = so_far.memory + memory, so_far.processes + 1
            found[name] = Sample(root, now, self._used[root], memory, processes)
        self._cpu_s = cpu_s
        return found


def private(process: psutil.Process) -> int:
    """The memory of a process that is its own, in bytes. Raises psutil.Error."""
    info = process.memory_info()
    if sys.platform == "win32":
        return info.private
    return info.rss - info.shared if sys.platform == "linux" else info.rss
