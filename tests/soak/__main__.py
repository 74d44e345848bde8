"""Eight workers that print 2,000 lines a second and a burst of tasks a minute, in the real window.

Their logs are filled first, as full as logs ever are: what grows after that would grow for ever.

`python -m tests.soak [--minutes 30] [--burst 500]` prints a line a minute and at the end whether
memory stayed within 5 % after the first five minutes, and no timer fired 100 ms late. The exit code
is 1 where one of these does not hold. On a busy machine others make the timers late: "own" is the
processor time that Qt's thread had between two of them.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

WORKERS = 8
SETTLED_MIN = 5
GROWTH = 1.05
LATE_MS = 100.0
PROJECT = Path(__file__).parent / "project"
MB = 2**20


def main() -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--burst", type=int, default=500)
    wanted = parser.parse_args()
    command = [sys.executable, "-m", "tests.support.watched", "fleet", str(PROJECT), "soak_app"]
    environ = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, str(WORKERS)], stdin=pipe, stdout=pipe, text=True, env=environ
    ) as window:
        try:
            return _watch(window, wanted.minutes, wanted.burst)
        finally:
            window.communicate()


def _watch(window: subprocess.Popen[str], minutes: int, burst: int) -> int:
    assert window.stdin is not None
    assert window.stdout is not None
    if (said := window.stdout.readline().strip()) != "ready":
        sys.exit(f"the window said {said!r}")
    process = psutil.Process(window.pid)
    print("minute  memory MB  CPU %  late ms, worst   own ms  tasks done")
    memory: list[float] = []
    latest: list[float] = []
    done = 0
    for minute in range(1, minutes + 1):
        used, began = sum(process.cpu_times()[:2]), time.monotonic()
        window.stdin.write(f"soak_app.step {burst}\n")
        window.stdin.flush()
        worst = work = 0.0
        while time.monotonic() < began + 60:
            _, late, own, count = window.stdout.readline().split()
            worst, work, done = max(worst, float(late)), max(work, float(own)), int(count)
        cpu = (sum(process.cpu_times()[:2]) - used) / (time.monotonic() - began) * 100
        memory.append(process.memory_full_info().uss / MB)
        latest.append(worst)
        figures = f"{memory[-1]:9.1f}  {cpu:5.1f}  {worst:14.1f}  {work:7.1f}  {done:10}"
        print(f"{minute:6}  {figures}", flush=True)
    settled = memory[SETTLED_MIN - 1 :] or memory[-1:]
    growth = max(settled) / settled[0]
    holds = growth <= GROWTH and max(latest) <= LATE_MS and done == minutes * burst
    print(f"memory grew {growth:.3f} times after minute {SETTLED_MIN}; late {max(latest):.1f} ms")
    print("holds" if holds else "does NOT hold")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
