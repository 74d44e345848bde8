"""Queues full of tasks, and how long it takes until they are empty."""

import asyncio
import os
import subprocess
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from core.workers.phase import Phase
from tests.support.broker import Server
from tests.support.fleets import Fleet, fleet_of
from tests.support.inside import broker_variables
from tests.support.projects import project
from tests.support.venvs import python_with_celery
from tests.support.waiting import wait_until

PROJECT = Path(__file__).parent / "project"
ASIDE = "aside"
SEND = """
import sys, bench_app
name, count, *args = sys.argv[1:]
task = bench_app.app.tasks["bench_app." + name]
with bench_app.app.producer_pool.acquire(block=True) as producer:
    for _ in range(int(count)):
        task.apply_async([float(arg) for arg in args], producer=producer)
"""


def python() -> Path:
    """An interpreter with Celery 5.7.0."""
    return python_with_celery("5.7.0")


def environment(server: Server) -> dict[str, str]:
    """That of every worker here: this broker, and nowhere to store results."""
    variables = broker_variables(server.url)
    del variables["CELERY_RESULT_BACKEND"]
    return {**os.environ, "PYTHONUNBUFFERED": "1", **variables}


def prepare(server: Server, task: str, count: int, *args: float) -> None:
    """Queue so many tasks where no worker looks yet."""
    server.client.flushall()
    command = [str(python()), "-c", SEND, task, str(count), *map(str, args)]
    subprocess.run(command, check=True, cwd=PROJECT, env=environment(server))
    server.client.rename("celery", ASIDE)


def drain_s(server: Server) -> float:
    """Let the workers have what was prepared; the seconds until all of it is done."""
    began = time.perf_counter()
    server.client.rename(ASIDE, "celery")
    wait_until(lambda: server.waiting() + server.unacked() == 0, 120, "an empty queue")
    return time.perf_counter() - began


@contextmanager
def celery_worker(server: Server, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The literal command, from `ready` to its end."""
    command = [str(python()), "-m", "celery", "-A", "bench_app", "worker", "-n", "peer@box"]
    with subprocess.Popen(
        [*command, "--loglevel=info", *options],
        cwd=PROJECT,
        env=environment(server),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            wait_for_line(process, " ready.")
            yield process
        finally:
            process.kill()


@asynccontextmanager
async def ready_fleet(server: Server, size: int, **wishes: Any) -> AsyncIterator[Fleet]:
    """As many workers of a fleet, all ready."""
    opened = project(PROJECT, "bench_app", python=python(), name="bench")
    async with fleet_of(opened, server.url, size, **wishes) as own:
        own.session.start()
        await own.until_phase(Phase.READY)
        yield own


def fleet_drain_s(server: Server, size: int) -> float:
    """Let a fleet of this size have what was prepared; the seconds until all of it is done."""

    async def drain() -> float:
        async with ready_fleet(server, size):
            return await asyncio.to_thread(drain_s, server)

    return asyncio.run(drain())


def wait_for_line(process: subprocess.Popen[str], text: str) -> None:
    """Read its log up to a line with this text; the rest is read and thrown away."""
    assert process.stderr is not None
    for line in process.stderr:
        if text in line:
            break
    else:
        raise AssertionError(f"{text!r} was never said")
    subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)


def interleaved(contenders: Mapping[str, object], rounds: int) -> Iterator[str]:
    """Each contender once in every round, so that what disturbs one disturbs all."""
    for _ in range(rounds):
        yield from contenders
