"""A process named so that no later one is taken for it: by number and start time.

Of psutil only what works everywhere is asked: names and paths of programs may need rights
that we lack.
"""

import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import psutil

SAME_START_S: Final = 2.0  # Linux tells start times by a clock that may be set meanwhile


@dataclass(frozen=True, slots=True)
class Mark:
    """`created_at` is its start in seconds since the epoch, as psutil tells it."""

    title: str
    pid: int
    created_at: float

    def process(self) -> psutil.Process | None:
        """The process itself, if it still runs."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created_at) < SAME_START_S
        except psutil.Error:
            return None
        return process if same and _runs(process) else None


def mark_of_this_process(title: str) -> Mark:
    """The process that we are."""
    process = psutil.Process()
    return Mark(title, process.pid, process.create_time())


def end_trees(marks: Iterable[Mark], within_s: float) -> None:
    """Kill the marked processes with their descendants, and wait until they are gone."""
    doomed = [process for mark in marks for process in _tree(mark)]
    for process in doomed:
        with suppress(psutil.Error):
            process.kill()
    deadline = time.monotonic() + within_s
    while any(_runs(process) for process in doomed) and time.monotonic() < deadline:
        time.sleep(0.01)  # not psutil.wait_procs: it waits until zombies are reaped, by others


def _runs(process: psutil.Process) -> bool:
    try:
        zombie = sys.platform != "win32" and process.status() == psutil.STATUS_ZOMBIE
        return process.is_running() and not zombie
    except psutil.Error:
        return False


def _tree(mark: Mark) -> list[psutil.Process]:
    process = mark.process()
    if process is None:
        return []
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return [process]
