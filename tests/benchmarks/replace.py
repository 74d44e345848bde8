"""From the kill of a worker to its successor's `ready`: with a spare, without, and by hand.

By hand is what a supervisor without knowledge of Celery does: it runs the command again.
"""

import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core.workers.phase import Phase
from tests.benchmarks.load import celery_worker, interleaved, ready_fleet
from tests.benchmarks.outcome import Bar, Outcome
from tests.support.broker import Server, running_server

ROUNDS = 7
SPARE_S = 0.3


def measure() -> Outcome:
    """Seconds of each."""
    with running_server(Path(tempfile.mkdtemp())) as server:
        contenders: dict[str, Callable[[], float]] = {
            "with a spare": lambda: asyncio.run(_fleet(server, spare=True)),
            "without": lambda: asyncio.run(_fleet(server, spare=False)),
            "celery worker, again": lambda: _again(server),
        }
        samples: dict[str, list[float]] = {name: [] for name in contenders}
        for name in interleaved(contenders, ROUNDS):
            samples[name].append(contenders[name]())
    outcome = Outcome("kill to ready", "s", samples)
    again = outcome.median("celery worker, again")
    bars = (
        Bar("seconds with a spare", outcome.median("with a spare"), most=SPARE_S),
        Bar("with a spare, of the command", outcome.median("with a spare") / again, most=0.3),
        Bar("without, of the command", outcome.median("without") / again, most=0.5),
    )
    return Outcome(outcome.title, outcome.unit, samples, bars)


def _again(server: Server) -> float:
    began = time.perf_counter()
    with celery_worker(server, "--pool=solo"):
        return time.perf_counter() - began


async def _fleet(server: Server, *, spare: bool) -> float:
    async with ready_fleet(server, 1, spare=spare) as own:
        if spare:
            await own.until_spare()
        killed = own.pid("worker1")
        began = time.perf_counter()
        os.kill(killed, signal.SIGKILL)
        await own.until(lambda: own.workers["worker1"].run == 2)
        await own.until_phase(Phase.READY)
        return time.perf_counter() - began
