"""Ctrl+C once: finish and leave. Twice: now."""

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interrupts(on_interrupt: Callable[[], None]) -> Generator[None]:
    """Call `on_interrupt` in the running loop for each Ctrl+C, SIGTERM, or Ctrl+Break.

    Python's own handlers are used on every platform: the loop's exist on POSIX only.
    """
    loop = asyncio.get_running_loop()

    def handle(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(on_interrupt)

    numbers = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGBREAK"):
        numbers.append(signal.SIGBREAK)  # type: ignore[attr-defined]  # Windows has it
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
