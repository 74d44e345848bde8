"""Notices tasks that nobody has any more.

A worker that is killed between taking a message from Redis and noting it in `unacked` takes the
message with it (kombu pops first and notes then), and a broker that restarts without persistence
forgets all it had. Such a task would wait for ever.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from core.bridge.calls import Calls
from core.errors import FleetError
from core.tasks.counts import Totals
from core.tasks.facts import Settled
from core.tasks.ledger import Ledger

LOOK_S: Final = 1.0
MOST: Final = 10_000
WHY: Final = "its message is neither in a queue nor with a worker: it went down with one"


class Missing:
    """Looks for waiting tasks when the whole fleet has been idle for a while.

    `idle` tells whether every worker is up and does nothing, `found` takes what became of a task
    elsewhere, `lost` takes the ids that are nowhere.
    """

    def __init__(
        self,
        calls: Calls,
        ledger: Ledger,
        *,
        idle: Callable[[], bool],
        found: Callable[[Settled], None],
        lost: Callable[[tuple[str, ...], str], None],
    ) -> None:
        self._calls = calls
        self._ledger = ledger
        self._idle = idle
        self._found = found
        self._lost = lost

    async def watch(self) -> None:
        """Look for as long as the session lives. One search for one silence, if it found all."""
        before: Totals | None = None
        suspects = frozenset[str]()
        while True:
            await asyncio.sleep(LOOK_S)
            totals = self._ledger.counts.totals()
            still, before = totals == before, totals
            if not (still and totals.waiting and self._idle()):
                suspects = frozenset[str]()
                continue
            missing = await self._search()
            if gone := tuple(suspects & missing):
                self._lost(gone, WHY)
            suspects = missing

    async def _search(self) -> frozenset[str]:
        waiting = self._ledger.tasks(states=("sent", "retried"), limit=MOST)
        names = {task.id: task.name for task in waiting if task.ours}
        if not names:
            return frozenset()
        try:
            where = await self._calls.whereabouts(tuple(names))
        except FleetError:
            return frozenset()  # the broker is away; nothing can be said now
        for task_id, result in where.ended.items():
            state = "succeeded" if result["state"] == "SUCCESS" else "failed"
            self._found(Settled(0.0, task_id, names[task_id], state, result["result"]))
        return where.missing
