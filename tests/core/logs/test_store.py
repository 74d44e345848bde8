import pytest

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
