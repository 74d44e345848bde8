"""One timer for many deadlines, which also notices when the machine slept."""

import asyncio
from collections.abc import Callable
from typing import Final

TICK_S: Final = 2.0
SLEPT_S: Final = 10.0


class Alarm:
    """Calls `on_due(key)` when the key's instant has come.

    Ticks every `TICK_S`. A tick that comes after `SLEPT_S` means that the machine stood still:
    `on_slept(gap_s)` is told and all deadlines are put off by that gap, which is taken for
    `TICK_S` too long rather than too short. Instants are those of the loop's clock. Few pending
    timers, because qasync keeps a cancelled one alive until it expires: one for the tick, one for
    the nearest deadline. Nor does a timer of qasync know its own instant, so it is kept here.
    """

    def __init__(self, on_due: Callable[[str], None], on_slept: Callable[[float], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._on_due = on_due
        self._on_slept = on_slept
        self._due: dict[str, float] = {}
        self._ticked_at = self._loop.time()
        self._tick_timer = self._loop.call_later(TICK_S, self._tick)
        self._timer: asyncio.TimerHandle | None = None
        self._rings_at = 0.0

    def set(self, key: str, at: float) -> None:
        """Wake `key` at this instant; it replaces an earlier one."""
        self._due[key] = at
        if self._timer is None or at < self._rings_at:
            self._wait_for_next()

    def forget(self, key: str) -> None:
        """Never wake `key`."""
        self._due.pop(key, None)

    def close(self) -> None:
        """Stop the timers."""
        self._tick_timer.cancel()
        self._stop_waiting()

    def _wait_for_next(self) -> None:
        self._stop_waiting()
        if self._due:
            self._rings_at = min(self._due.values())
            self._timer = self._loop.call_at(self._rings_at, self._ring)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ring(self) -> None:
        self._notice_sleep()
        now = self._loop.time()
        for key in [key for key, at in self._due.items() if at <= now]:
            del self._due[key]
            self._on_due(key)  # it may set its own key anew
        self._wait_for_next()

    def _tick(self) -> None:
        self._tick_timer = self._loop.call_later(TICK_S, self._tick)
        self._notice_sleep()

    def _notice_sleep(self) -> None:
        now = self._loop.time()
        gap_s, self._ticked_at = now - self._ticked_at, now
        if gap_s > SLEPT_S:
            self._due = {key: at + gap_s for key, at in self._due.items()}
            self._on_slept(gap_s)
