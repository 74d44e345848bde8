"""How many lines there are in each span of time."""

from datetime import datetime, timedelta

from core.logs.density import MOST, Bar, Density
from core.logs.store import LogStore
from tests.support.logs import failed, numbered, printed, store_of

AT = datetime(2026, 11, 25, 21, 0, 0)


def whole(density: Density) -> Density:
    while not density.update(0.0):
        pass
    return density


def at(second: int, text: str = "a", level: str = "INFO") -> str:
    return printed(text, level, f"21:{second // 60:02}:{second % 60:02},500")


def test_lines_and_grave_records_are_counted_by_time() -> None:
    log = [at(0), at(1, level="WARNING"), failed("21:00:01,700"), "print\n", at(3)]
    density = whole(Density(store_of(*log)))
    assert density.ends() == (AT, AT + timedelta(seconds=4))
    assert density.bars(AT, AT + timedelta(seconds=4), 4) == [
        Bar(1),
        Bar(9, warnings=1, errors=1),
        Bar(),
        Bar(1),
    ]
    assert density.bars(AT, AT + timedelta(seconds=4), 2) == [Bar(10, 1, 1), Bar(1)]
    assert density.bars(AT, AT + timedelta(seconds=1), 1) == [Bar(1)]
    assert density.bars(AT, AT, 1) == [Bar()]


def test_what_comes_is_added_slice_by_slice() -> None:
    store = store_of(numbered(0, 5000))
    density = Density(store)
    assert not density.update(0.0)
    whole(density)
    store.append(numbered(5000, 5010).encode())
    whole(density)
    bars = density.bars(AT, AT + timedelta(seconds=6), 6)
    assert [bar.lines for bar in bars] == [1000] * 5 + [10]


def test_other_formats_count_too_and_none_has_no_density() -> None:
    density = whole(Density(store_of("2026-11-25 21:00:02 WARNING app: slow\n")))
    assert density.bars(AT, AT + timedelta(seconds=3), 3)[2] == Bar(1, warnings=1)
    nothing = whole(Density(store_of("a\nb\n")))
    assert nothing.ends() is None


def test_lines_that_are_gone_are_gone_from_the_picture() -> None:
    store = LogStore(max_lines=100)
    density = Density(store)
    for second in range(0, 300):
        store.append(at(second).encode())
    whole(density)
    store.append(at(300).encode())
    whole(density)
    assert density.ends() == (AT + timedelta(seconds=201), AT + timedelta(seconds=301))


def test_a_long_session_is_kept_in_wider_spans() -> None:
    lines = [
        f"[2026-11-25 {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02},000: INFO/MainProcess] a\n"
        for n in range(2 * MOST + 2)
    ]
    density = whole(Density(store_of("".join(lines))))
    assert density.width == timedelta(seconds=4)
    start = datetime(2026, 11, 25)
    bars = density.bars(start, start + timedelta(seconds=8), 2)
    assert [bar.lines for bar in bars] == [4, 4]
