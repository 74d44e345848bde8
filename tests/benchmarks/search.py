"""Searching 1,000,000 lines of five workers, and what a slice of it holds the loop up.

There is no peer: the bars are seconds and milliseconds. The processor's are told beside the
clock's, which a machine with other work stretches.
"""

import asyncio
import gc
import random
import time
import uuid
from statistics import median

from core.logs.level import Level
from core.logs.query import ALL_LEVELS, Query
from core.logs.search import Search
from core.logs.store import MAX_LINES, LogStore
from tests.benchmarks.load import interleaved
from tests.benchmarks.outcome import Bar, Outcome

WORKERS = 5
LINES = 1_000_000
ROUNDS = 5
CHUNK = 600  # lines that a pipe gives at once, about


def measure() -> Outcome:
    """Seconds of each search, and of the longest of its slices."""
    chance = random.Random(1)
    logs = {f"worker{number}@box": _log(chance) for number in range(1, WORKERS + 1)}
    assert sum(log.end - log.first for log in logs.values()) == LINES
    # A full garbage collection looks at all that was ever imported: 15 ms, in any slice it likes.
    gc.freeze()
    words = logs["worker3@box"].text(MAX_LINES // 2)
    task = words.rpartition("[")[2].partition("]")[0]
    queries = {
        "text, rare": Query("order 777784"),
        "text, in every line": Query("shop"),
        "regex": Query(r"succeeded in 0\.00[1-3]7s", regex=True),
        "regex without a fixed text": Query(r"\b\d{5}ms|timeout|refused", regex=True),
        "level": Query(levels=frozenset({Level.ERROR, Level.CRITICAL})),
        "level, nearly all lines": Query(levels=ALL_LEVELS - {Level.ERROR}),
        "task": Query(task=task),
    }
    samples: dict[str, list[float]] = {name: [] for name in queries}
    cpu: dict[str, list[float]] = {name: [] for name in queries}
    slices: list[float] = []
    held: list[float] = []
    for name in interleaved(queries, ROUNDS):
        began = (time.perf_counter(), time.process_time())
        asyncio.run(_search(logs, queries[name], slices, held))
        samples[name].append(time.perf_counter() - began[0])
        cpu[name].append(time.process_time() - began[1])
    bars = [Bar(f"{name}, s", median(samples[name]), most=0.2) for name in queries]
    bars += [Bar(f"{name}, s of the processor", median(cpu[name]), most=0.2) for name in queries]
    bars.append(Bar("longest slice of all, ms", max(slices) * 1000, most=16))
    bars.append(Bar("longest slice of all, ms of the processor", max(held) * 1000, most=16))
    return Outcome(f"search over {LINES:,} lines", "s", samples, tuple(bars))


async def _search(
    logs: dict[str, LogStore], query: Query, slices: list[float], held: list[float]
) -> None:
    """Search, read the hits, and note the seconds of each slice: by the clock, of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    search = Search(logs, query)
    async for _ in search:
        slices.append(time.perf_counter() - wall)
        held.append(time.process_time() - cpu)
        wall, cpu = time.perf_counter(), time.process_time()
    assert search.hits


def _log(chance: random.Random) -> LogStore:
    """As much as a worker's store holds, of lines as Celery writes them."""
    store = LogStore()
    for start in range(0, MAX_LINES, CHUNK):
        lines = (_line(number, chance) for number in range(start, min(start + CHUNK, MAX_LINES)))
        store.append("".join(lines).encode())
    return store


def _line(number: int, chance: random.Random) -> str:
    level = chance.choices(("INFO", "WARNING", "ERROR"), (98, 1.8, 0.2))[0]
    id = uuid.UUID(int=chance.getrandbits(128))
    head = f"[2026-11-25 20:{number // 6000:02}:{number // 100 % 60:02},{number % 1000:03}"
    match number % 3:
        case _ if level == "ERROR":
            text = f"consumer: connection refused, trying again in {number % 90_000 + 10_000}ms"
        case 0:
            text = f"Task shop.tasks.render[{id}] received"
        case 1:
            text = f"shop.tasks.render[{id}]: page {number} of order {number * 7}"
        case _:
            text = f"Task shop.tasks.render[{id}] succeeded in 0.00{number % 1000}s: None"
    return f"{head}: {level}/MainProcess] {text}\n"
