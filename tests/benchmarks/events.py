"""Floods of events: how many are counted by Solofleet, by Celery's receiver, and by Flower."""

import asyncio
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import psutil

from core.bridge.events import WorkerEvent
from core.bridge.feed import Feed
from core.broker.builtin import free_port
from core.workers.containment import make_containment
from core.workers.foreign import Digest
from core.workers.spec import WorkerSpec
from tests.benchmarks.load import PROJECT, environment
from tests.benchmarks.outcome import Bar, Outcome
from tests.support.broker import Server, running_server
from tests.support.venvs import python_with
from tests.support.waiting import wait_until

SECONDS = {5_000: 3, 10_000: 4, 20_000: 8}
"""How long, at each rate: Redis gives up on a slow reader when 32 MB wait for it."""
PUBLISHERS = 2
STEADY_S = 3.0
FLOOD = Path(__file__).parent / "flood.py"
RECEIVE = """
import sys, threading, time
from bench_app import app
counted = 0
def count(event):
    global counted
    counted += event["type"].startswith("task-")
def tell():
    while True:
        print(counted, flush=True)
        time.sleep(0.2)
threading.Thread(target=tell, daemon=True).start()
while True:
    try:
        with app.connection_for_read() as connection:
            app.events.Receiver(connection, handlers={"*": count}, app=app).capture(wakeup=False)
    except Exception as error:
        print(repr(error), file=sys.stderr)
"""


@dataclass
class Listener:
    """`counted` gives how many events of tasks so far, `processes` are those that count them."""

    counted: Callable[[], int]
    processes: list[psutil.Process]

    def cpu_s(self) -> float:
        """What they have used so far."""
        return sum(sum(each.cpu_times()[:2]) for each in self.processes)


def measure() -> Outcome:
    """The share that is counted of what is sent, and the processor time that it takes."""
    samples: dict[str, list[float]] = {}
    cost_us: dict[tuple[str, int], float] = {}
    for rate, seconds in SECONDS.items():
        for name, listen in LISTENERS.items():
            with running_server(Path(tempfile.mkdtemp())) as server, listen(server) as listener:
                cpu_s = listener.cpu_s()
                sent, took_s = _flood(server, rate, seconds)
                counted = _steady(listener)
                cost_us[name, rate] = (listener.cpu_s() - cpu_s) / counted * 1e6
            samples[f"{name}, {rate:,}/s"] = [100 * counted / sent]
            print(
                f"  {name}: {counted:,} of {sent:,} at {sent / took_s:,.0f}/s,"
                f" {cost_us[name, rate]:.0f} us of CPU each"
            )
    cheaper = cost_us["Solofleet", 10_000] / cost_us["Flower 2.2", 10_000]
    bars = (
        Bar("lost of 20,000/s, in %", 100 - samples["Solofleet, 20,000/s"][0], most=0),
        Bar("CPU of an event at 10,000/s, of Flower's", cheaper, most=1),
    )
    return Outcome("events counted", "% of those sent", samples, bars)


def python() -> Path:
    """An interpreter with Celery and Flower."""
    return python_with("celery[redis]==5.7.0", "flower==2.2.0")


def _flood(server: Server, rate: int, seconds: int) -> tuple[int, float]:
    """Send it all; how many events that were, and how long it took."""
    shares = (str(server.port), str(rate // PUBLISHERS), str(seconds))
    publishers = [
        subprocess.Popen(
            [sys.executable, str(FLOOD), *shares, f"w{number}@far"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PUBLISHERS)
    ]
    sent, took_s = zip(*(each.communicate()[0].split() for each in publishers), strict=True)
    return sum(map(int, sent)), max(map(float, took_s))


def _steady(listener: Listener) -> int:
    """The count, once it no longer grows."""
    last, since = listener.counted(), time.monotonic()

    def rests() -> bool:
        nonlocal last, since
        if listener.counted() != last:
            last, since = listener.counted(), time.monotonic()
        return time.monotonic() - since > STEADY_S

    wait_until(rests, 60, "a count that rests")
    return last


@contextmanager
def _ours(server: Server) -> Iterator[Listener]:
    """The feed of a session, in a loop of its own; our share of its work counts too."""
    digests: dict[str, Digest] = {}
    variables = {key: value for key, value in environment(server).items() if key != "PYTHONPATH"}
    spec = WorkerSpec(python(), "bench_app", PROJECT, variables)
    ready, leave = asyncio.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    def take(event: WorkerEvent) -> None:
        if isinstance(event.what, Digest):
            digests[event.node] = event.what

    async def listen() -> None:
        async with make_containment() as containment, asyncio.TaskGroup() as jobs:
            feed = Feed(spec, containment, on_event=take, say=print, hears=("digests",))
            job = jobs.create_task(feed.run())
            await feed.listening()
            ready.set()
            await leave.wait()
            job.cancel()

    thread = Thread(target=loop.run_until_complete, args=(listen(),))
    thread.start()
    wait_until(ready.is_set, 30, "the feed")
    script = [
        child
        for child in psutil.Process().children(recursive=True)
        if "events.py" in " ".join(child.cmdline())
    ]
    try:
        yield Listener(
            lambda: sum(each.received + each.started + each.succeeded for each in digests.values()),
            [psutil.Process(), *script],
        )
    finally:
        loop.call_soon_threadsafe(leave.set)
        thread.join()
        loop.close()


@contextmanager
def _receiver(server: Server) -> Iterator[Listener]:
    """What Celery gives to who writes a monitor."""
    with subprocess.Popen(
        [str(python()), "-c", RECEIVE],
        cwd=PROJECT,
        env=environment(server),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        counted = 0

        def read() -> None:
            nonlocal counted
            assert process.stdout is not None
            for line in process.stdout:
                counted = int(line)

        Thread(target=read, daemon=True).start()
        try:
            _wait_for_subscriber(server)
            yield Listener(lambda: counted, [psutil.Process(process.pid)])
        finally:
            process.kill()


@contextmanager
def _flower(server: Server) -> Iterator[Listener]:
    """Its own count, of https://flower.readthedocs.io/en/latest/prometheus-integration.html."""
    port = free_port()
    with subprocess.Popen(
        [
            *(str(python()), "-m", "celery", "-A", "bench_app", "flower"),
            *("--address=127.0.0.1", f"--port={port}"),
        ],
        cwd=PROJECT,
        env=environment(server),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:

        def counted() -> int:
            url = f"http://127.0.0.1:{port}/metrics"
            with urllib.request.urlopen(url, timeout=60) as answer:
                lines = answer.read().decode().splitlines()
            rows = (line.rsplit(" ", 1) for line in lines if line.startswith("flower_events_total"))
            return sum(int(float(value)) for labels, value in rows if 'type="task-' in labels)

        try:
            _wait_for_subscriber(server)
            yield Listener(counted, [psutil.Process(process.pid)])
        finally:
            process.kill()


def _wait_for_subscriber(server: Server) -> None:
    def is_there() -> bool:
        info: Mapping[str, int] = server.client.info("clients")  # type: ignore[assignment]
        return server.client.pubsub_numpat() > 0 and info["connected_clients"] > 1

    wait_until(is_there, 30, "a subscriber")


LISTENERS = {"Solofleet": _ours, "Celery's Receiver": _receiver, "Flower 2.2": _flower}
