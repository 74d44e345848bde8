"""Notices tasks that nobody has any more.

A worker that is killed between taking a message from Redis and noting it in `unacked` takes the
message with it (kombu pops first and notes then), and a broker that restarts without persistence
forgets all it had. Such a task would wait for ever.

Only a fleet that is idle is searched for: while a worker runs a task with an ETA, messages wait
unread in its socket, in no queue and not noted either.
"""

import asyncio
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from core.bridge.calls import Calls
from core.bridge.found import found
from core.errors import FleetError
from core.tasks.facts import Settled
from core.tasks.ledger import Ledger

LOOK_S: Final = 1.0
SELDOM: Final = 60
"""After so many looks all is searched anew, however long nothing has been found."""
MOST: Final = 20_000
WHY: Final = (
    "its message is in no queue and with no worker, and no result is stored:"
    " it went down with a worker or the broker, or somebody else took it"
)


class Missing:
    """Looks for waiting tasks when the whole fleet has been idle for a while.

    `idle` gives None unless every worker is up and does nothing, else something that is equal
    as long as none of them does anything. `found` takes what became of tasks elsewhere, `lost`
    the ids that are nowhere.
    """

    def __init__(
        self,
        calls: Calls,
        ledger: Ledger,
        *,
        idle: Callable[[], object | None],
        found: Callable[[Settled], None],
        lost: Callable[[tuple[str, ...], str], None],
    ) -> None:
        self._calls = calls
        self._ledger = ledger
        self._idle = idle
        self._found = found
        self._lost = lost
        self._unsearched: dict[str, str] = {}
        self._suspects: dict[str, str] = {}

    async def watch(self) -> None:
        """Look for as long as the session lives."""
        before: object = None
        looks = 0
        while True:
            await asyncio.sleep(LOOK_S)
            idle, totals = self._idle(), self._ledger.counts.totals()
            silent = idle is not None and totals.waiting and (idle, totals) == before
            before = (idle, totals)
            if silent:
                looks += 1
                await self._look(looks)
            else:
                looks, self._unsearched, self._suspects = 0, {}, {}

    async def _look(self, looks: int) -> None:
        """One search: for what was missing a look ago, and for the next part of the rest.

        What lies in a queue of others is searched for ever more seldom: it may be taken from there
        without our hearing of it.
        """
        if not self._unsearched and (looks.bit_count() == 1 or looks % SELDOM == 0):
            self._unsearched = self._ledger.waiting()
        part = dict(islice(self._unsearched.items(), MOST))
        wanted = self._suspects | part
        if not wanted:
            return
        try:
            where = await self._calls.whereabouts(tuple(wanted))
        except FleetError:
            return  # the broker is away; nothing can be said now
        for task_id in part:
            del self._unsearched[task_id]
        facts = (found(where, task_id, wanted[task_id], 0.0) for task_id in where.ended)
        for fact in filter(None, facts):
            self._found(fact)
        if gone := tuple(_of(self._suspects, where.missing)):
            self._lost(gone, WHY)
        self._suspects = _of(part, where.missing)


def _of(names: dict[str, str], ids: Iterable[str]) -> dict[str, str]:
    """Those of the tasks whose ids are given."""
    wanted = frozenset(ids)
    return {task_id: name for task_id, name in names.items() if task_id in wanted}
