from datetime import datetime, timedelta

import pytest

from core.logs.store import LogStore
from core.logs.times import between, time_of

NOON = datetime(2026, 11, 25, 12)


def record(second: int) -> str:
    return f"[{NOON + timedelta(seconds=second):%Y-%m-%d %H:%M:%S},000: INFO/MainProcess] text"


def at(second: float | None) -> datetime | None:
    return None if second is None else NOON + timedelta(seconds=second)


def store(lines: list[str], size: int = 1) -> LogStore:
    """Every `size` lines are a block of their own."""
    made = LogStore()
    for start in range(0, len(lines), size):
        made.append("".join(f"{line}\n" for line in lines[start : start + size]).encode())
        made.append(b"x" * 40_000 + b"\n")  # a line that tells no time, and ends the block
    return made


LINES = ["printed first", record(0), record(1), "printed", record(1), record(3), "printed last"]
# With blocks of 10 lines: these, and the long line after them, are lines 0 to 7.
RANGES = [
    (None, None, 0, 8),
    (-5, None, 0, 8),
    (0, None, 0, 8),
    (0.5, None, 2, 8),
    (1, None, 2, 8),
    (2, None, 5, 8),
    (4, None, 8, 8),
    (None, 1, 0, 5),
    (None, 2, 0, 5),
    (None, 3, 0, 8),
    (1, 1, 2, 5),
    (2, 2, 5, 5),
    (3, 1, 5, 5),
]


@pytest.mark.parametrize(("since", "until", "first", "end"), RANGES)
def test_a_range_of_time_is_a_range_of_lines(
    since: float | None, until: float | None, first: int, end: int
) -> None:
    assert between(store(LINES, size=10), at(since), at(until)) == (first, end)


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize(("since", "until"), [(row[0], row[1]) for row in RANGES])
def test_it_is_the_same_lines_however_they_came(
    size: int, since: float | None, until: float | None
) -> None:
    def texts(log: LogStore) -> list[str]:
        lines = log.slice(*between(log, at(since), at(until)))
        return [line for line in lines if "xxx" not in line]

    assert texts(store(LINES, size)) == texts(store(LINES, 10))


def test_a_log_without_times_is_in_every_range() -> None:
    log = store(["a", "b"], 10)
    assert between(log, at(0), at(1)) == (0, 3)
    assert between(LogStore(), at(0), at(1)) == (0, 0)


def test_lines_that_were_dropped_are_in_no_range() -> None:
    log = LogStore(max_lines=2)
    log.append("".join(f"{record(second)}\n" for second in range(5)).encode())
    assert between(log, at(0), at(3)) == (3, 4)
    assert between(log, at(0), at(1)) == (3, 3)


def test_the_time_of_a_line_is_that_of_the_record_above_it() -> None:
    assert time_of([record(1), record(2), "printed"]) == at(2)
    assert time_of(["printed"]) is None
    assert time_of([]) is None
