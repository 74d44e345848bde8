"""What the window needs while eight workers have nothing to do."""

import os
import subprocess
import sys
import time

import psutil

from core.places import DEMO, DEMO_APP
from tests.benchmarks.outcome import Bar, Outcome

WORKERS = 8
SETTLE_S = 10.0
WATCH_S = 10.0
ROUNDS = 3
MB = 2**20


def measure() -> Outcome:
    """Processor time of one core, in percent, in spans of ten seconds; memory once, as USS."""
    environ = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", "tests.support.watched", "idle", str(DEMO), DEMO_APP]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, str(WORKERS)], stdin=pipe, stdout=pipe, text=True, env=environ
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "ready\n"
        process = psutil.Process(window.pid)
        time.sleep(SETTLE_S)
        percent = [_percent(process) for _ in range(ROUNDS)]
        memory_mb = process.memory_full_info().uss / MB
        window.communicate()
    bars = [
        Bar("% of a core", sorted(percent)[ROUNDS // 2], most=2.0),
        Bar("MB of the window", memory_mb, most=120.0),
    ]
    return Outcome("idle with 8 workers", "% of a core", {"window": percent}, bars)


def _percent(process: psutil.Process) -> float:
    used, began = sum(process.cpu_times()[:2]), time.perf_counter()
    time.sleep(WATCH_S)
    return (sum(process.cpu_times()[:2]) - used) / (time.perf_counter() - began) * 100
