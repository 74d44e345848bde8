"""Waits for a fact with a time limit; there is no sleep without a question."""

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path

_NEVER = threading.Event()


def wait_until(holds: Callable[[], bool], limit_s: float, what: str) -> None:
    """Ask again and again until it holds; AssertionError names `what` after `limit_s`."""
    end = time.monotonic() + limit_s
    while not holds():
        assert time.monotonic() < end, f"waited {limit_s} s in vain for {what}"
        _NEVER.wait(0.02)


async def touch_on_and_on(*files: Path) -> None:
    """Write them again and again until cancelled: a watch may not have begun."""
    while True:
        for file in files:
            file.write_text("")
        await asyncio.sleep(0.5)
