import random
from datetime import datetime

import pytest

from core.errors import FleetError
from core.logs.filter import LogFilter
from core.logs.level import Level
from core.logs.query import Query
from core.logs.search import Search
from core.logs.store import LogStore

ID = "8a8d4c1e-6c1b-4c0a-9d2d-0c6a4b0e7f11"
LINES = [
    "[2026-11-25 20:59:42,342: INFO/MainProcess] page 7\n",
    "[2026-11-25 20:59:42,342: ERROR/MainProcess] page 8\n",
    "Traceback (most recent call last):\n",
    "  page\n",
    "printed page\n",
    "printed\n",
    f"[2026-11-25 20:59:43,342: INFO/MainProcess] Task a[{ID}] received\n",
    f"[2026-11-25 20:59:43,342: INFO/MainProcess] Task a[{ID}] succeeded in 1s: 3\n",
    "[2026-11-25 20:59:43,342: INFO/MainProcess] Task b[other] received\n",
    "[2026-11-25 20:59:43,342: INFO/MainProcess] Task b[other] succeeded in 1s: 3\n",
]
QUERIES = [
    Query(),
    Query("page"),
    Query("page$|7", regex=True, exclude="printed"),
    Query(levels=frozenset({Level.ERROR, Level.OTHER})),
    Query(task=ID),
    Query("printed", task=ID),
    Query("nowhere"),
]


def numbers(filter: LogFilter) -> list[int]:
    return filter.slice(0, len(filter))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("seed", range(8))
def test_a_filter_knows_what_a_search_would_find_while_lines_come_and_go(
    query: Query, seed: int
) -> None:
    chance = random.Random(seed)
    store = LogStore(max_lines=chance.choice((50, 500, 5_000)))
    view = LogFilter(store, query)
    for _ in range(60):
        store.append("".join(chance.choices(LINES, k=chance.choice((1, 5, 100)))).encode())
        if chance.random() < 0.1:
            store.begin_run()
        if chance.random() < 0.6:
            while not view.update(0):
                pass
            assert view.pending == 0
            assert all(number >= store.first for number in numbers(view))
            if not query.task:  # a task whose beginning was dropped is known here, and there not
                search = Search({"w": store}, query)
                while not search.step():
                    pass
                assert numbers(view) == [hit.number for hit in search.hits]


def test_a_tasks_likely_lines_are_taken_back_when_another_ends_first() -> None:
    store = LogStore()
    view = LogFilter(store, Query(task=ID))
    for line in (LINES[8], LINES[6], "printed\n"):
        store.append(line.encode())
        view.update()
    assert numbers(view) == [1, 2]
    store.append(LINES[9].encode())
    view.update()
    assert numbers(view) == [1]
    store.append(b"printed\n" + LINES[7].encode())
    view.update()
    assert numbers(view) == [1, 4, 5]


def test_slices_and_places_count_from_the_oldest_line_that_is_held() -> None:
    store = LogStore(max_lines=4)
    view = LogFilter(store, Query("page"))
    store.append(b"page\nno\npage\npage\n")
    view.update()
    assert (len(view), view.slice(1, 9), view.slice(-5, 1)) == (3, [2, 3], [0])
    assert [view.place(number) for number in (0, 1, 2, 3, 4)] == [0, 1, 1, 2, 3]
    store.append(b"no\npage\n")
    view.update()
    assert (numbers(view), view.place(3), view.place(0)) == ([2, 3, 5], 1, 0)


def test_numbers_of_dropped_lines_take_bounded_memory() -> None:
    store = LogStore(max_lines=100)
    view = LogFilter(store, Query("page"))
    for _ in range(500):
        store.append(b"page\n" * 100)
        view.update()
    assert numbers(view) == list(range(store.first, store.end))
    assert len(view._numbers) < 11_000


def test_an_update_may_be_cut_short_and_goes_on() -> None:
    store = LogStore()
    for _ in range(20):
        store.append(b"page\n" * 1_000 + b"x" * 32_000 + b"\n")
    view = LogFilter(store, Query("page"))
    assert not view.update(0)
    assert 0 < view.pending < 20_020
    assert 0 < len(view) < 20_000
    while not view.update(0):
        pass
    assert len(view) == 20_000


def test_a_range_of_time_may_begin_and_end_later() -> None:
    store = LogStore()
    since, until = (datetime(2026, 11, 25, 20, 59, second) for second in (43, 44))
    view = LogFilter(store, Query(since=since, until=until))
    for line in (LINES[0], LINES[6], "printed\n", LINES[6].replace(":43,", ":45,"), LINES[5]):
        store.append(line.encode())
        assert view.update()
    assert numbers(view) == [1, 2]


def test_a_bad_pattern_is_told_at_once() -> None:
    with pytest.raises(FleetError, match="unterminated"):
        LogFilter(LogStore(), Query("a(b", regex=True))
