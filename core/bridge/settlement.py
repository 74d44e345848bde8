"""Settles with the broker what a worker held when it went (DESIGN decision 10b)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from core.bridge.calls import Calls
from core.bridge.found import left_by_plain
from core.changes import Said
from core.errors import FleetError
from core.tasks.facts import Settled
from core.tasks.ledger import Ledger
from core.workers.loss import Loss

TRIES: Final = 30
PAUSE_S: Final = 2.0
BATCH: Final = 250
LEAVE_S: Final = 5.0
"""So long the end of a session waits for a broker that keeps silent."""
HEARSAY_S: Final = 1.0
"""By then every living worker has told what it took before (it holds a record back for 20 ms)."""


class Settlement:
    """Asks the bridge; a broker that is away is asked again, unless we are `leaving`.

    `enter` takes what became of each message (worker, run, fact), `lost` the ids of which nothing
    can be found out, `say` what people should know.
    """

    def __init__(
        self,
        calls: Calls,
        ledger: Ledger,
        *,
        plain: bool,
        enter: Callable[[str, int, Settled], None],
        lost: Callable[[tuple[str, ...], str], None],
        say: Callable[[Said], None],
    ) -> None:
        self.leaving = False
        self._calls = calls
        self._ledger = ledger
        self._plain = plain
        self._enter = enter
        self._lost = lost
        self._say = say
        self._turn = asyncio.Lock()
        self._trouble: str | None = None

    async def settle(self, loss: Loss) -> None:
        """Answer the broker for all that a worker left, told or not."""
        for part in _parts(loss):
            if (why := await self._try_again_and_again(part)) is not None:
                self._lost(tuple(message.id for message in part.held), f"{loss.why} {why}")
        if loss.untold_since is not None and not self._plain:
            await self._sweep(loss, loss.untold_since)

    async def leave(self, settled: Callable[[], Awaitable[None]]) -> None:
        """Wait until all is settled, but not for long: then what has no answer is given up."""
        self.leaving = True
        try:
            async with asyncio.timeout(LEAVE_S):
                await settled()
        except TimeoutError:
            await self._calls.close()
            await settled()

    async def _try_again_and_again(self, loss: Loss) -> str | None:
        """None when it is settled, else why it is not."""
        for number in range(TRIES):
            async with self._turn:  # who leaves does not try again what failed just now
                again = self._trouble is None or not self.leaving
                if again and await self._try(loss):
                    return None
            if self.leaving:
                break
            if number == 0:
                text = f"what it held waits to be settled, {len(loss.held)} in all: {self._trouble}"
                self._say(Said(loss.worker, text))
            await asyncio.sleep(PAUSE_S)
        return f"It could not be settled: {self._trouble}"

    async def _try(self, loss: Loss) -> bool:
        try:
            for fact in await self._ask(loss):
                self._enter(loss.worker, loss.run, fact)
        except FleetError as error:
            self._trouble = error.why
            return False
        self._trouble = None
        return True

    async def _ask(self, loss: Loss) -> Sequence[Settled]:
        if self._plain:
            return await left_by_plain(self._calls, loss)
        return await self._calls.settle(loss)

    async def _sweep(self, loss: Loss, since: float) -> None:
        """Requeue what the worker took in its last moment and could not tell us."""
        if self.leaving and self._trouble is not None:
            return
        if not self.leaving:
            await asyncio.sleep(HEARSAY_S)
        try:
            given_back = await self._calls.orphans(since, loss.ended_at, self._ledger.held())
        except FleetError:
            return  # the broker is away; what is missing is looked for when it is back
        for task_id in given_back:
            self._say(Said(None, f"gave back {task_id}, which {loss.worker} died with"))


def _parts(loss: Loss) -> Iterator[Loss]:
    """A worker may hold thousands with an ETA; other calls get their turn in between."""
    for first in range(0, len(loss.held), BATCH):
        yield replace(loss, held=loss.held[first : first + BATCH])
