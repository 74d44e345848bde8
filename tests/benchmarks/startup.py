"""From spawn to all ready, and the memory of it: a fleet, the commands by hand, and honcho.

The project has Flower beside Celery, as many have: its plugin is loaded by every `celery` command.
Memory is also taken without it. What Solofleet and honcho need themselves does not count.
"""

import asyncio
import os
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

import psutil

from core.workers.phase import Phase
from tests.benchmarks import events
from tests.benchmarks.load import PROJECT, environment, interleaved, wait_for_line
from tests.benchmarks.load import python as python_without_flower
from tests.benchmarks.outcome import Bar, Outcome
from tests.support.broker import Server, running_server
from tests.support.fleets import fleet_of
from tests.support.projects import project
from tests.support.venvs import python_with

SIZES = (4, 8)
ROUNDS = 3
MB = 2**20


def measure() -> Outcome:
    """Seconds of each; the bars of memory are of USS in the middle of the rounds."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles all modules anew
    with_flower, without = events.python(), python_without_flower()
    ways = {"fleet": _fleet, "by hand": _by_hand, "honcho": _honcho}
    contenders = {
        f"{size} {way}": (run, with_flower, size) for size in SIZES for way, run in ways.items()
    }
    contenders |= {f"4 {way}, no Flower": (ways[way], without, 4) for way in ("fleet", "by hand")}
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    memory: dict[str, list[float]] = {name: [] for name in contenders}
    with running_server(Path(tempfile.mkdtemp())) as server:
        for python in (with_flower, without):
            _by_hand(server, python, 1), _fleet(server, python, 1)
        for name in interleaved(contenders, ROUNDS):
            run, python, size = contenders[name]
            took_s, used_mb = run(server, python, size)
            seconds[name].append(took_s)
            memory[name].append(used_mb)
    times = Outcome("spawn to all ready", "s", seconds)
    weights = Outcome("memory of the workers", "MB", memory)
    print(weights.as_table())
    bars = [
        Bar(f"{size} workers: {what}, of {peer}", mine / others, most=bar)
        for size in SIZES
        for peer in ("by hand", "honcho")
        for what, outcome, bar in (("time", times, 0.45), ("memory", weights, 0.75))
        for mine in [outcome.median(f"{size} fleet")]
        for others in [outcome.median(f"{size} {peer}")]
    ]
    lighter = weights.median("4 fleet, no Flower") / weights.median("4 by hand, no Flower")
    bars.append(Bar("4 workers: memory, no Flower", lighter, most=0.75))
    return Outcome(times.title, times.unit, seconds, bars)


def _fleet(server: Server, python: Path, size: int) -> tuple[float, float]:
    async def start() -> tuple[float, float]:
        opened = project(PROJECT, "bench_app", python=python, name="bench")
        async with fleet_of(opened, server.url, size) as own:
            began = time.perf_counter()
            own.session.start()
            await own.until_phase(Phase.READY)
            took_s = time.perf_counter() - began
            return took_s, _uss_mb(own.pid(short) for short in own.workers)

    return asyncio.run(start())


def _by_hand(server: Server, python: Path, size: int) -> tuple[float, float]:
    """As many commands as one would type in as many terminals."""
    began = time.perf_counter()
    started = [
        subprocess.Popen(
            [str(python), *_command(number)],
            cwd=PROJECT,
            env=environment(server),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(size)
    ]
    for process in started:
        wait_for_line(process, " ready.")
    took_s = time.perf_counter() - began
    used_mb = _uss_mb(process.pid for process in started)
    for process in started:
        process.kill()
        process.wait()
    return took_s, used_mb


def _honcho(server: Server, python: Path, size: int) -> tuple[float, float]:
    """The same commands in a Procfile."""
    procfile = Path(tempfile.mkdtemp()) / "Procfile"
    lines = [f"w{number}: {python} {' '.join(_command(number))}" for number in range(size)]
    procfile.write_text("\n".join(lines))
    honcho = python_with("honcho==2.0.0").with_name("honcho")
    began = time.perf_counter()
    with subprocess.Popen(
        [str(honcho), "-f", str(procfile), "start"],
        cwd=PROJECT,
        env=environment(server),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        ready = 0
        while ready < size:
            ready += " ready." in process.stdout.readline()
        took_s = time.perf_counter() - began
        Thread(target=process.stdout.read, daemon=True).start()
        workers = [
            child.pid
            for child in psutil.Process(process.pid).children(recursive=True)
            if "celery" in child.cmdline()[2:3]
        ]
        assert len(workers) == size
        used_mb = _uss_mb(workers)
        process.terminate()
    return took_s, used_mb


def _command(number: int) -> tuple[str, ...]:
    return (
        *("-m", "celery", "-A", "bench_app", "worker", "--pool=solo"),
        *("-n", f"w{number}@box", "--loglevel=info"),
    )


def _uss_mb(pids: Iterable[int]) -> float:
    return sum(psutil.Process(pid).memory_full_info().uss for pid in pids) / MB
