"""Runs coroutines in Qt's own event loop, as the window does."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

LIMIT_S = 180.0 if sys.platform == "win32" else 60.0

T = TypeVar("T")


def run_in_qt(application: QApplication, work: Coroutine[Any, Any, T]) -> T:
    """Run it to its end; pending jobs are cancelled and the loop is closed."""
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        return runner.run(_limited(work))


async def _limited(work: Coroutine[Any, Any, T]) -> T:
    async with asyncio.timeout(LIMIT_S):
        return await work


async def until(holds: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
    """Wait for what no signal tells of, while Qt's loop goes on."""
    async with asyncio.timeout(limit_s):
        while not holds():
            await asyncio.sleep(0.01)


async def emitted(signal: SignalInstance) -> tuple[Any, ...]:
    """Wait for a signal; what it had."""
    told: asyncio.Future[tuple[Any, ...]] = asyncio.get_running_loop().create_future()

    def take(*values: Any) -> None:
        if not told.done():
            told.set_result(values)

    signal.connect(take)
    try:
        return await told
    finally:
        signal.disconnect(take)


def heard_by(signal: SignalInstance) -> list[tuple[object, ...]]:
    """What a signal has told since."""
    told: list[tuple[object, ...]] = []

    def take(*values: object) -> None:
        told.append(values)

    signal.connect(take)
    return told
