"""The memory of this process, as the system has it."""

from collections.abc import Callable
from types import ModuleType

import psutil


def test_it_reads_what_the_system_says(inside: Callable[[str], ModuleType]) -> None:
    read = inside("memory").memory_reader()
    assert abs(read() - psutil.Process().memory_info().rss) < 20_000_000


def test_it_grows_with_what_is_held(inside: Callable[[str], ModuleType]) -> None:
    read = inside("memory").memory_reader()
    before = read()
    held = b"x" * 50_000_000
    assert read() - before > 40_000_000
    del held


def test_the_peak_stays_when_what_was_held_is_gone(inside: Callable[[str], ModuleType]) -> None:
    peak, read = inside("memory").peak_reader(), inside("memory").memory_reader()
    held = b"x" * 50_000_000
    highest = read()
    del held
    assert peak() >= highest - 5_000_000
