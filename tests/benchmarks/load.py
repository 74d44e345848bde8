"""Queues full of tasks, and how long it takes until they are empty."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, Any

from core.workers.conversation import PAUSE_S
from core.workers.phase import Phase
from tests.support.broker import Server
from tests.support.fleets import Fleet, fleet_of
from tests.support.inside import INSIDE, broker_variables, start_message
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

READER = f"""
import os, time
while os.read(0, 65536):
    time.sleep({PAUSE_S})
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
    with _worker([*command, "--loglevel=info", *options], server) as process:
        _throw_away(process.stdout)
        wait_for_line(process, " ready.")
        yield process


@contextmanager
def fleet_worker(server: Server) -> Iterator[subprocess.Popen[str]]:
    """The worker that Solofleet starts, from `ready` to its end; nobody looks at its telemetry."""
    start = start_message("", "bench_app", PROJECT, node="fleet@box")
    with _worker([str(python()), str(INSIDE / "worker.py"), "fleet@box"], server) as process:
        assert process.stdin is not None
        _throw_away(process.stdout)
        process.stdin.write(json.dumps(start) + "\n")
        process.stdin.flush()
        wait_for_line(process, " ready.")
        yield process


@contextmanager
def _worker(command: list[str], server: Server) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment(server),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
    ) as process:
        try:
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
    _throw_away(process.stderr)


def _throw_away(stream: IO[str] | None) -> None:
    """Read it to its end as `core.workers.conversation` reads: what came, then a pause."""
    subprocess.Popen([sys.executable, "-I", "-S", "-c", READER], stdin=stream)


def interleaved(contenders: Mapping[str, object], rounds: int) -> Iterator[str]:
    """Each contender once in every round, so that what disturbs one disturbs all."""
    for _ in range(rounds):
        yield from contenders
