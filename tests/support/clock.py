"""A loop whose clock the test may move: an hour passes in no time."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

if sys.platform == "win32":
    _Loop = asyncio.ProactorEventLoop
else:
    _Loop = asyncio.SelectorEventLoop

T = TypeVar("T")


class MovedLoop(_Loop):
    """Its clock is the true one, and `ahead` seconds more."""

    ahead = 0.0

    def time(self) -> float:
        return super().time() + self.ahead

    async def sleep_machine(self, gap_s: float) -> None:
        """The machine stands still for so long, and nothing runs meanwhile."""
        self.ahead += gap_s
        await _let_others_run()

    async def pass_time(self, seconds: float) -> None:
        """So much time passes, and the loop runs all the while."""
        end = self.time() + seconds
        while (left := end - self.time()) > 0:
            self.ahead += min(left, 0.5)
            await _let_others_run()


async def _let_others_run() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def run_moved(main: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` on such a loop; the coroutine finds it as the running one."""
    with asyncio.Runner(loop_factory=MovedLoop) as runner:
        return runner.run(main)


def moved_loop() -> MovedLoop:
    """The loop that runs."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, MovedLoop)
    return loop
