"""Whatever asks a program in a terminal to leave: Ctrl+C, Ctrl+Break, a closed window."""

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Final

HANG_UP: Final = getattr(signal, "SIGHUP", None)
SIGNALS: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""Windows sends SIGBREAK for Ctrl+Break, and when the console window is closed."""


@contextmanager
def interrupts(on_interrupt: Callable[[], None], on_hang_up: Callable[[], None]) -> Generator[None]:
    """Call these in the running loop: `on_hang_up` when the terminal has gone.

    Python's own handlers are used on every platform: the loop's exist on POSIX only. Under
    `nohup`, where the hang-up is ignored, it stays so.
    """
    loop = asyncio.get_running_loop()

    def handle(number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(on_hang_up if number == HANG_UP else on_interrupt)

    before = {number: signal.signal(number, handle) for number in SIGNALS if not _ignored(number)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignored(number: int) -> bool:
    """Ctrl+C is ignored too when a script starts us with `&`; who then sends it means it."""
    return number != signal.SIGINT and signal.getsignal(number) is signal.SIG_IGN
