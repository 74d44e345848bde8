"""Settles with the broker what a worker held when it went (DESIGN decision 10b)."""

import asyncio
from typing import Final

from core.bridge.calls import Calls
from core.bridge.found import left_by_plain
from core.errors import FleetError
from core.tasks.facts import Settled
from core.tasks.ledger import Ledger
from core.workers.loss import Loss

PAUSE_S: Final = 2.0
HEARSAY_S: Final = 1.0
"""By then every living worker has told what it took before (it holds a record back for 20 ms)."""


class Settlement:
    """Asks the bridge; a broker that is away is asked again. Never raises."""

    def __init__(self, calls: Calls, ledger: Ledger, plain: bool) -> None:
        self._calls = calls
        self._ledger = ledger
        self._plain = plain

    async def settle(self, loss: Loss, tries: int) -> tuple[tuple[Settled, ...], str | None]:
        """What became of each message, or why all of them must count as lost."""
        if not loss.held:
            return (), None
        why = ""
        for number in range(tries):
            if number:
                await asyncio.sleep(PAUSE_S)
            try:
                facts = await self._ask(loss)
            except FleetError as error:
                why = f"{loss.why} It could not be settled: {error.why}"
            else:
                return facts, None
        return (), why

    async def _ask(self, loss: Loss) -> tuple[Settled, ...]:
        if self._plain:
            return await left_by_plain(self._calls, loss)
        return await self._calls.settle(loss.worker, loss.held, loss.ended_at, loss.why)

    async def sweep(self, loss: Loss, since: float) -> tuple[str, ...]:
        """Requeue what the worker took in its last moment and could not tell us; the ids.

        `since`, in Unix seconds, is when our first worker may have taken a message.
        """
        if self._plain:
            return ()
        await asyncio.sleep(HEARSAY_S)
        try:
            return await self._calls.orphans(since, loss.ended_at, self._ledger.held())
        except FleetError:
            return ()  # the broker is away; what is missing is looked for when it is back
