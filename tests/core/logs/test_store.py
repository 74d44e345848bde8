import pytest

from core.logs.level import Level
from core.logs.store import LogStore


def block(start: int, end: int) -> bytes:
    return b"".join(b"line %d\n" % number for number in range(start, end))


def test_lines_are_numbered_over_all_blocks() -> None:
    store = LogStore()
    store.append(b"a\nb\n")
    store.append(b"c\n")
    assert [store.text(number) for number in range(3)] == ["a", "b", "c"]
    assert (store.first, store.end, store.dropped) == (0, 3, 0)


@pytest.mark.parametrize("size", [1, 7, 500, 20_000])
def test_any_slice_gives_the_lines_between(size: int) -> None:
    store = LogStore()
    for start in range(0, 20_000, size):
        store.append(block(start, min(start + size, 20_000)))
    for start, end in ((0, 1), (0, 20_000), (3_000, 12_345), (19_999, 20_000), (5, 5)):
        assert store.slice(start, end) == block(start, end).decode().splitlines()


def test_a_slice_is_clipped_to_what_is_held() -> None:
    store = LogStore(max_lines=2)
    assert store.slice(0, 10) == []
    store.append(b"a\nb\nc\n")
    assert store.slice(-5, 10) == ["b", "c"]
    assert store.slice(0, 1) == []
    assert store.slice(7, 9) == []


def test_the_bound_in_lines_is_exact_and_what_was_dropped_is_counted() -> None:
    store = LogStore(max_lines=10)
    for start in range(0, 100_000, 3_000):
        store.append(block(start, start + 3_000))
    assert store.end - store.first == 10
    assert store.dropped == store.end - 10
    assert store.text(store.first) == f"line {store.first}"
    assert len(store._blocks) <= 2


def test_the_bound_in_bytes_drops_the_oldest_blocks() -> None:
    store = LogStore(max_bytes=100_000)
    for start in range(0, 100_000, 5_000):
        store.append(block(start, start + 5_000))
    assert sum(len(held.data) for held in store._blocks) <= 100_000
    assert store.slice(0, 10**6) == block(store.first, 100_000).decode().splitlines()
    assert store.dropped > 0


def test_the_newest_block_stays_even_when_it_alone_breaks_the_bound() -> None:
    store = LogStore(max_bytes=10)
    store.append(block(0, 5))
    assert store.end - store.first == 5


def test_a_line_that_is_not_held_is_an_index_error() -> None:
    store = LogStore(max_lines=1)
    store.append(b"a\nb\n")
    for number in (-1, 0, 2):
        with pytest.raises(IndexError, match="not held"):
            store.text(number)


def test_bytes_that_are_not_utf_8_are_replaced() -> None:
    store = LogStore()
    store.append(b"caf\xe9\n\xe2\x82\xac\n")
    assert store.slice(0, 2) == ["caf\ufffd", "€"]


def record(level: str) -> bytes:
    return b"[2026-11-25 20:59:42,342: %s/MainProcess] text\n" % level.encode()


def test_records_are_counted_by_level_and_stay_counted_when_they_are_dropped() -> None:
    store = LogStore(max_lines=2)
    store.append(record("INFO") + b"a print that says [ERROR] and : ERROR/\n" + record("WARNING"))
    store.append(record("ERROR") + b"Traceback (most recent call last):\n")
    store.append(b'  File "a.py", line 1\nValueError: x\n' + record("CRITICAL") + record("INFO"))
    assert store.counts == {
        Level.OTHER: 1,
        Level.DEBUG: 0,
        Level.INFO: 2,
        Level.WARNING: 1,
        Level.ERROR: 1,
        Level.CRITICAL: 1,
    }


@pytest.mark.parametrize("size", [1, 500])
def test_each_block_has_a_mark_for_each_of_its_lines(size: int) -> None:
    store = LogStore(max_lines=3_000)
    for start in range(0, 4_000, size):
        store.append(block(start, start + size))
    numbers = [number for held in store.blocks for number in range(held.first, held.end)]
    assert numbers == list(range(numbers[0], 4_000))
    assert numbers[0] <= store.first
    for held in store.blocks:
        assert len(held.marks) == held.end - held.first == held.data.count(b"\n")
    for number in (store.first, 2_345, 3_999):
        held = store.blocks[store.index(number)]
        assert held.first <= number < held.end


def test_blocks_are_of_one_size_whatever_the_writes_are() -> None:
    store = LogStore()
    for size in (1, 70, 4_000, 3, 9_000, 2):
        start = store.end
        store.append(block(start, start + size))
    store.append(b"y" * 50_000 + b"\n")
    store.append(block(store.end, store.end + 9_000))
    *full, last = store.blocks
    long = [held for held in full if held.size > 50_000]
    assert [held.end - held.first for held in long] == [1]
    assert {len(held.data) for held in full if held not in long} == {32 * 1024}
    assert all(32 * 1024 - held.size < 16 for held in full[:3])
    assert last.size == len(last.data) < 32 * 1024
    assert store.slice(0, store.end) == [store.text(number) for number in range(store.end)]
    assert store.text(store.end - 1) == f"line {store.end - 1}"


def test_the_same_line_is_read_from_both_sides_of_a_block() -> None:
    store = LogStore()
    store.append(block(0, 99))
    store.append(b"x" * 40_000 + b"\n")
    store.append(block(0, 99))
    for number in (0, 120, 49, 98, 99, 100, 197, 1, 198):
        assert store.text(number) == store.slice(number, number + 1)[0]
    assert store.text(198) == "line 98"


def test_runs_whose_lines_are_gone_are_forgotten() -> None:
    store = LogStore(max_lines=3)
    for _ in range(3):
        store.begin_run()
        store.append(b"one\ntwo\n")
    assert store.runs == [2, 4]
    store.begin_run()
    store.begin_run()
    assert store.runs == [2, 4, 6]


def test_a_traceback_does_not_go_on_in_the_next_run() -> None:
    store = LogStore()
    store.append(record("ERROR") + b"Traceback (most recent call last):\n  File\n")
    store.begin_run()
    store.append(b"  indented\n")
    assert store.counts[Level.OTHER] == 1
