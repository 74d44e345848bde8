"""What a session enters into its ledger by itself: what it sends, finds out, and gives up."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

from core.changes import Change, TasksUnsent
from core.tasks.facts import Settled
from core.tasks.ledger import Ledger

ELSEWHERE: Final = "elsewhere"
"""Stands for the workers of others, who tell us nothing."""


class Books:
    """Enters by the loop's clock, and publishes what changes."""

    def __init__(self, ledger: Ledger, publish: Callable[[Change], None]) -> None:
        self._ledger = ledger
        self._publish = publish

    def sent(self, ids: Iterable[str], name: str) -> None:
        """These are about to go out."""
        self._tell(self._ledger.sent(ids, name, self._now()))

    def unsent(self, ids: Iterable[str]) -> None:
        """They did not go out after all; those that a worker has seen did."""
        self._tell([TasksUnsent(self._ledger.unsent(ids))])

    def found(self, fact: Settled) -> None:
        """What became of a task, though none of our workers told."""
        self._tell(self._ledger.apply(ELSEWHERE, 0, fact, self._now()))

    def lost(self, ids: Iterable[str], why: str) -> None:
        """Nothing more will be heard of these, as far as we know."""
        self._tell(self._ledger.mark_lost(ids, why, self._now()))

    def broker_gone(self, why: str) -> None:
        """All messages are gone, those that workers hold and have not begun included."""
        waiting = self._ledger.tasks(states=("sent", "retried", "received"))
        self.lost([task.id for task in waiting], why)

    def _tell(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self._publish(change)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
