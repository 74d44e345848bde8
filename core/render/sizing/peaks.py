"""The most that a process had, as the system itself keeps it: no peak is too short to be seen.

Linux keeps the largest resident set (`VmHWM`) and forgets it on demand (`clear_refs`, proc(5));
Windows keeps the largest private bytes. Elsewhere nothing is known.
"""

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil


class Peaks:
    """Of a process and those below it, from now on. Blocks: to be called in a thread."""

    def __init__(self, root: int) -> None:
        self._before: dict[psutil.Process, int] = {}
        for process in tree(root):
            with suppress(psutil.Error, OSError):
                _forget(process)
                self._before[process] = _now(process)

    def grown(self) -> tuple[int, ...]:
        """How far each of those that still run has grown beyond what it had, in bytes."""
        grown: list[int] = []
        for process, before in self._before.items():
            with suppress(psutil.Error, OSError):
                most = _most(process)
                if most is not None and process.is_running():
                    grown.append(max(0, most - before))
        return tuple(grown)


def tree(root: int) -> tuple[psutil.Process, ...]:
    """A process and all below it; none when it has ended."""
    try:
        process = psutil.Process(root)
        return (process, *process.children(recursive=True))
    except psutil.Error:
        return ()


def _forget(process: psutil.Process) -> None:
    if sys.platform == "linux":
        Path(f"/proc/{process.pid}/clear_refs").write_text("5", "ascii")


def _now(process: psutil.Process) -> int:
    info = process.memory_info()
    return info.private if sys.platform == "win32" else info.rss


def _most(process: psutil.Process) -> int | None:
    if sys.platform == "win32":
        return process.memory_info().peak_pagefile
    if sys.platform == "linux":
        lines: Iterable[str] = Path(f"/proc/{process.pid}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    return None
