"""A loop whose clock the test may move: an hour passes in no time."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

if sys.platform == "win32":
    _Loop = asyncio.ProactorEventLoop
else:
    _Loop = asyncio.SelectorEventLoop


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
            self.ahead += min(left, 0.1)
            await _let_others_run()


async def _let_others_run() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def run_moved(main: Callable[[MovedLoop], Coroutine[Any, Any, None]]) -> None:
    """`asyncio.run` on such a loop, which is handed over."""
    with asyncio.Runner(loop_factory=MovedLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, MovedLoop)
        runner.run(main(loop))
