"""Children that write logs flat out: into Solofleet's memory and files, and through honcho.

Solofleet's side is the whole way of a worker's log: spawn, pipe, redaction, lines, levels, memory,
a file on disk, a change published. honcho writes what it reads to a pipe, which is drained here.
The processor time is that of Solofleet's process, and of honcho's own; the children's is neither's.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from core.logs.files import RunLog
from core.logs.intake import LogIntake
from core.logs.redact import Redactor
from core.logs.store import LogStore
from core.workers.containment import make_containment
from core.workers.process import ChildSpec, spawn
from core.workers.run import Run
from tests.benchmarks.load import PROJECT, interleaved
from tests.benchmarks.outcome import Bar, Outcome
from tests.support.venvs import python_with

CHILDREN = (4, 8)
LINES = 2_000_000
HONCHOS_LINES = 100_000
ROUNDS = 3
TICK_S = 0.005
FLOOD = PROJECT / "flood.py"
SECRETS = {
    "REDIS_URL": "redis://:s3cr3t-of-redis@localhost:6379/0",
    "DATABASE_URL": "postgres://shop:s3cr3t-of-postgres@localhost/shop",
    "DJANGO_SECRET_KEY": "django-insecure-0123456789abcdef",
    "STRIPE_KEY": "sk_test_0123456789abcdef",
}


@dataclass(frozen=True)
class Took:
    """One run: seconds of the wall clock and of the processor, and how late the loop was.

    `held` is the part of being late that was the loop's own work: the rest is a machine on which
    others run.
    """

    lines: int
    wall_s: float
    cpu_s: float
    late: Sequence[float] = ()
    held: Sequence[float] = ()


def measure() -> Outcome:
    """Lines per second, and seconds of processor time per million lines, of each."""
    contenders: dict[str, Callable[[], Took]] = {}
    for count in CHILDREN:
        contenders[f"Solofleet, {count} children"] = lambda count=count: asyncio.run(_ours(count))
        contenders[f"honcho, {count} children"] = lambda count=count: _honcho(count)
    took: dict[str, list[Took]] = {name: [] for name in contenders}
    for name in interleaved(contenders, ROUNDS):
        took[name].append(contenders[name]())
    samples: dict[str, list[float]] = {}
    for name, runs in took.items():
        samples[f"{name}, lines/s"] = [run.lines / run.wall_s for run in runs]
        samples[f"{name}, CPU-s per million"] = [run.cpu_s / run.lines * 1e6 for run in runs]
    outcome = Outcome("logs taken in", "as named", samples)
    bars = [bar for count in CHILDREN for bar in _bars(outcome, took, count)]
    return Outcome(outcome.title, outcome.unit, samples, tuple(bars))


def _bars(outcome: Outcome, took: dict[str, list[Took]], count: int) -> Sequence[Bar]:
    rate, cpu = (
        outcome.median(f"Solofleet, {count} children, {unit}")
        / outcome.median(f"honcho, {count} children, {unit}")
        for unit in ("lines/s", "CPU-s per million")
    )
    runs = took[f"Solofleet, {count} children"]
    late, held = (_p99_ms([run.late for run in runs]), _p99_ms([run.held for run in runs]))
    return (
        Bar(f"{count} children, times honcho's lines/s", rate, least=20),
        Bar(f"{count} children, part of honcho's CPU", cpu, most=1 / 20),
        Bar(f"{count} children, loop late (p99), ms", late, most=16),
        Bar(f"{count} children, late by its own work (p99), ms", held, most=16),
    )


def _p99_ms(runs: Sequence[Sequence[float]]) -> float:
    ordered = sorted(seconds for run in runs for seconds in run)
    return ordered[len(ordered) * 99 // 100] * 1e3


async def _ours(count: int) -> Took:
    """All children through the path of a worker's log; nothing may be missing."""
    redactor = Redactor.of(SECRETS)
    stores = [LogStore() for _ in range(count)]
    late: list[float] = []
    held: list[float] = []
    command = (sys.executable, str(FLOOD), str(LINES // count))
    with tempfile.TemporaryDirectory() as folder:
        async with make_containment() as containment, asyncio.TaskGroup() as jobs:
            ticker = jobs.create_task(_tick(late, held))
            wall, cpu = time.perf_counter(), time.process_time()
            children = []
            for number, store in enumerate(stores):
                run = _run(f"worker{number}@box", store, Path(folder), redactor)
                spec = ChildSpec("flood", command, dict(os.environ), PROJECT)
                children.append(await spawn(spec, run, containment))
            for child in children:
                await child.wait()
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            ticker.cancel()
    lines = sum(store.end for store in stores)
    assert lines == LINES // count * count, "lines were lost"
    assert all(sum(store.counts.values()) == store.end for store in stores)
    return Took(lines, wall, cpu, late, held)


def _run(name: str, store: LogStore, folder: Path, redactor: Redactor) -> Run:
    intake = LogIntake(store, RunLog(folder, name, 1), redactor)
    published: list[object] = []
    return Run(
        name,
        1,
        intake,
        store,
        plain=False,
        publish=published.append,
        on_fact=published.append,
        on_output=lambda: None,
    )


async def _tick(late: list[float], held: list[float]) -> None:
    """Note how much later than it asked for the loop comes back, and how much it worked then."""
    while True:
        wall, cpu = time.perf_counter(), time.process_time()
        await asyncio.sleep(TICK_S)
        late.append(max(0.0, time.perf_counter() - wall - TICK_S))
        held.append(max(0.0, time.process_time() - cpu - TICK_S))


def _honcho(count: int) -> Took:
    """The same children under honcho, until all their lines have come out of it."""
    each = HONCHOS_LINES // count
    with tempfile.TemporaryDirectory() as folder:
        procfile = Path(folder, "Procfile")
        command = f"exec {sys.executable} {FLOOD} {each} stay"
        procfile.write_text("".join(f"w{number}: {command}\n" for number in range(count)))
        began = time.perf_counter()
        with subprocess.Popen(
            [str(python_with("honcho==2.0.0")), "-m", "honcho", "-f", str(procfile), "start"],
            stdout=subprocess.PIPE,
            cwd=folder,
        ) as honcho:
            assert honcho.stdout
            seen = 0
            while seen < each * count:
                chunk = os.read(honcho.stdout.fileno(), 1 << 16)
                assert chunk, "honcho ended before its children"
                seen += chunk.count(b"shop.tasks.render")
            wall = time.perf_counter() - began
            own = psutil.Process(honcho.pid)
            cpu = sum(_cpu_s(process) for process in [own, *own.children()])
            honcho.terminate()
            honcho.communicate()
    return Took(each * count, wall, cpu)


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system
