"""From the start of a process to the first paint: a bare QMainWindow, our curtain, our window."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.load import interleaved
from tests.benchmarks.outcome import Bar, Outcome
from tests.support.program import homes

ROUNDS = 7


def measure() -> Outcome:
    """Seconds of each; the first round, which reads the modules from the disk, does not count."""
    samples: dict[str, list[float]] = {"bare": [], "curtain": [], "window": []}
    for what in samples:
        _first_paint_s(what)
    for what in interleaved(samples, ROUNDS):
        samples[what].append(_first_paint_s(what))
    outcome = Outcome("cold start to first paint", "s", samples)
    bare = outcome.median("bare")
    bars = [
        Bar("curtain / bare", outcome.median("curtain") / bare, most=1.4),
        Bar("window / bare", outcome.median("window") / bare),
    ]
    return Outcome(outcome.title, "s", samples, bars)


def _first_paint_s(what: str) -> float:
    environ = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tests.support.watched", what]
        began = time.perf_counter()
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environ | homes(Path(home))
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "painted\n"
            return time.perf_counter() - began
