"""One timer for many deadlines, which also notices when the machine slept."""

import asyncio
from collections.abc import Callable
from typing import Final

TICK_S: Final = 2.0
SLEPT_S: Final = 10.0


class Alarm:
    """Calls `on_due(key)` when the key's instant has come.

    Ticks every `TICK_S`. A tick that comes more than `SLEPT_S` late means that the machine stood
    still: `on_slept(gap_s)` is told instead of the deadlines that passed meanwhile. Instants are
    those of the loop's clock. Few pending timers, because qasync keeps a cancelled one alive
    until it expires: one for the tick, one for the nearest deadline.
    """

    def __init__(self, on_due: Callable[[str], None], on_slept: Callable[[float], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._on_due = on_due
        self._on_slept = on_slept
        self._due: dict[str, float] = {}
        self._ticked_at = self._loop.time()
        self._tick_timer = self._loop.call_later(TICK_S, self._tick)
        self._timer: asyncio.TimerHandle | None = None

    def set(self, key: str, at: float) -> None:
        """Wake `key` at this instant; it replaces an earlier one."""
        self._due[key] = at
        if self._timer is None or at < self._timer.when():
            self._wait_until(at)

    def forget(self, key: str) -> None:
        """Never wake `key`."""
        self._due.pop(key, None)

    def close(self) -> None:
        """Stop the timers."""
        self._tick_timer.cancel()
        if self._timer is not None:
            self._timer.cancel()

    def _wait_until(self, at: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(at, self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._notice_sleep()
        now = self._loop.time()
        for key in [key for key, at in self._due.items() if at <= now]:
            del self._due[key]
            self._on_due(key)
        if self._timer is None and self._due:
            self._wait_until(min(self._due.values()))

    def _tick(self) -> None:
        self._notice_sleep()
        self._tick_timer = self._loop.call_later(TICK_S, self._tick)

    def _notice_sleep(self) -> None:
        now = self._loop.time()
        gap_s, self._ticked_at = now - self._ticked_at - TICK_S, now
        if gap_s > SLEPT_S:
            self._due = {key: at + gap_s for key, at in self._due.items()}
            self._on_slept(gap_s)
