import asyncio
import random
import re
from datetime import datetime

import pytest

from core.errors import FleetError
from core.logs.level import Level
from core.logs.query import Query
from core.logs.search import Hit, Search
from core.logs.store import LogStore

WORDS = ["error", "Page", "page 7", "straße", "€", "x" * 50, "\r"]


def record(minute: int, text: str, level: str = "INFO") -> str:
    return f"[2026-11-25 20:{minute:02}:00,000: {level}/MainProcess] {text}\n"


def log(*lines: str) -> LogStore:
    store = LogStore()
    for line in lines:
        store.append(line.encode())
    return store


def searched(logs: dict[str, LogStore], query: Query, **options: int) -> Search:
    search = Search(logs, query, **options)
    while not search.step():
        pass
    return search


def found(logs: dict[str, LogStore], query: Query, **options: int) -> list[tuple[str, int]]:
    return [(hit.worker, hit.number) for hit in searched(logs, query, **options).hits]


def test_hits_of_all_workers_are_in_order_of_time() -> None:
    logs = {
        "w1": log(record(1, "a page"), record(4, "a page"), "page printed\n"),
        "w2": log("page without time\n", record(2, "page"), record(5, "page"), record(6, "no")),
    }
    search = searched(logs, Query("page"))
    assert search.hits == [
        Hit("w2", 0, ((0, 4),), None),
        Hit("w1", 0, ((46, 50),), datetime(2026, 11, 25, 20, 1)),
        Hit("w2", 1, ((44, 48),), datetime(2026, 11, 25, 20, 2)),
        Hit("w1", 1, ((46, 50),), datetime(2026, 11, 25, 20, 4)),
        Hit("w1", 2, ((0, 4),), datetime(2026, 11, 25, 20, 4)),
        Hit("w2", 2, ((44, 48),), datetime(2026, 11, 25, 20, 5)),
    ]
    assert (search.count, search.more, search.done) == (6, False, True)
    assert search.searched == search.lines == 7


def test_a_line_without_time_has_that_of_the_record_above_or_of_the_hit_before() -> None:
    logs = {"w1": log(record(1, "a"), "page\n", *["printed\n"] * 60, "page\n", "page\n")}
    (at,) = {hit.at for hit in searched(logs, Query("page")).hits}
    assert at == datetime(2026, 11, 25, 20, 1)


def test_only_the_workers_asked_for_are_searched() -> None:
    logs = {name: log("page\n") for name in ("w1", "w2", "w3")}
    assert found(logs, Query("page", workers=("w3", "w1", "gone"))) == [("w1", 0), ("w3", 0)]


def test_the_newest_hits_are_kept_whichever_worker_wrote_them() -> None:
    logs = {"w1": LogStore(), "w2": LogStore()}
    for number in range(40):
        text = record(number, "page") + "x" * 40_000 + "\n"  # a block each
        logs["w1" if number % 2 else "w2"].append(text.encode())
    search = searched(logs, Query("page"), limit=3)
    assert [(hit.worker, hit.number) for hit in search.hits] == [("w1", 36), ("w2", 38), ("w1", 38)]
    assert (search.count, search.more) == (3, True)


@pytest.mark.parametrize(("limit", "more"), [(5, True), (6, False), (7, False)])
def test_more_tells_whether_hits_were_left_out(limit: int, more: bool) -> None:
    search = searched({"w1": log("page\n" * 6)}, Query("page"), limit=limit)
    assert (search.count, search.more) == (min(limit, 6), more)
    assert [hit.number for hit in search.hits] == list(range(6))[-limit:]


def test_levels_and_times_need_no_text() -> None:
    logs = {
        "w1": log(
            record(1, "a", "ERROR"),
            record(2, "b", "ERROR"),
            "Traceback (most recent call last):\n",
            record(3, "c"),
            record(4, "d", "CRITICAL"),
        )
    }
    since = datetime(2026, 11, 25, 20, 2)
    assert found(logs, Query(levels=frozenset({Level.ERROR}), since=since)) == [
        ("w1", 1),
        ("w1", 2),
    ]
    assert found(logs, Query(since=since, until=since)) == [("w1", 1), ("w1", 2)]


def test_a_tasks_lines_are_found_over_all_workers() -> None:
    id = "8a8d4c1e-6c1b-4c0a-9d2d-0c6a4b0e7f11"
    logs = {
        "w1": log("x\n", record(2, f"Task a[{id}] received"), "printed\n", record(3, "x")),
        "w2": log(record(1, f"a[{id}]: sent"), "printed\n"),
    }
    everything = [("w2", 0), ("w1", 1), ("w1", 2), ("w1", 3)]
    assert found(logs, Query(task=id)) == everything
    assert found(logs, Query("printed", task=id)) == [("w1", 2)]
    later = Query(task=id, since=datetime(2026, 11, 25, 20, 3))
    assert found(logs, later) == [("w1", 3)]
    assert found(logs, Query(task=id), solo=False) == [("w2", 0), ("w1", 1)]


def test_a_bad_pattern_is_told_at_once() -> None:
    with pytest.raises(FleetError, match="unterminated"):
        Search({}, Query("a(b", regex=True))


@pytest.mark.parametrize("case", [True, False])
@pytest.mark.parametrize("regex", ["Page", "^error", "€$", "page 7", "[^ ]{20}", "^$", "x\\s*y"])
@pytest.mark.parametrize("seed", range(6))
def test_the_same_lines_are_found_wherever_blocks_end(seed: int, regex: str, case: bool) -> None:
    chance = random.Random(seed)
    lines = [" ".join(chance.choices(WORDS, k=chance.randrange(4))) for _ in range(1_500)]
    lines = [line.replace("\r", "").strip() for line in lines]
    store = LogStore(max_lines=1_000)
    rest = lines
    while rest:
        size = chance.choice((1, 3, 200, 700))
        store.append("".join(f"{line}\n" for line in rest[:size]).encode())
        rest = rest[size:]
    pattern = re.compile(regex, 0 if case else re.IGNORECASE)
    expected = [
        Hit("w", number, _spans(pattern, line), None)
        for number, line in enumerate(lines)
        if number >= store.first and pattern.search(line)
    ]
    assert searched({"w": store}, Query(regex, regex=True, case=case)).hits == expected


def _spans(pattern: re.Pattern[str], line: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in pattern.finditer(line) if match[0])


def test_lines_that_come_or_go_meanwhile_do_no_harm() -> None:
    store = LogStore(max_lines=1_000)
    for _ in range(10):
        store.append(b"page\n" * 100 + b"x" * 40_000 + b"\n")
    search = Search({"w": store}, Query("page"))
    search.step(0)
    for _ in range(5):
        store.append(b"page\n" * 100 + b"x" * 40_000 + b"\n")
        search.step(0.000_01)
    while not search.step():
        pass
    assert all(store.first <= hit.number or hit.number < 500 for hit in search.hits)
    assert max(hit.number for hit in search.hits) < 1_010


async def test_others_run_between_two_slices() -> None:
    logs = {"w": log(*[record(1, "page " + "x" * 40_000)] * 200)}
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as jobs:
        job = jobs.create_task(other())
        seen = [search async for search in Search(logs, Query("(page|x+y)", regex=True))]
        job.cancel()
    search = seen[-1]
    assert search.done
    assert search.count == 200
    assert turns >= len(seen) - 1
