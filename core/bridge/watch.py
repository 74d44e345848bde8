"""Keeps sight of the workers on the broker that are not of this fleet."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final

from core.bridge.calls import Calls
from core.bridge.events import Offline, WorkerEvent
from core.bridge.feed import Feed
from core.changes import ForeignChanged, Said
from core.workers.foreign import (
    Beat,
    Digest,
    Foreign,
    Presence,
    aged,
    with_beat,
    with_digest,
    with_offline,
)
from core.workers.means import Means
from core.workers.supervisor import Supervisor

TELL_S: Final = 0.5
"""A worker that changes all the time is told of so often."""
MOST: Final = 500


class Watch:
    """Turns what is heard of others into what is known of each of their processes.

    It listens through a process of its own, in the project's interpreter, from the first `listen`
    on; in plain mode through the one that hears our own workers.
    """

    def __init__(
        self,
        means: Means,
        supervisor: Supervisor,
        calls: Calls,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._means = means
        self._supervisor = supervisor
        self._calls = calls
        self._clock = clock
        self._wanted = asyncio.Event()
        self._when_asked = False
        self._answered: tuple[str, ...] = ()
        self._workers: dict[tuple[str, int], Foreign] = {}
        self._told: dict[tuple[str, int], Foreign] = {}

    def listen(self) -> None:
        """Listen from now on, if that is not done yet."""
        self._wanted.set()

    def wait_to_be_asked(self) -> None:
        """Do not listen by itself when somebody answers: a person decides, by `listen`."""
        self._when_asked = True

    @property
    def listens(self) -> bool:
        """Whether others are heard."""
        return self._means.spec.plain or self._wanted.is_set()

    def answered(self, names: tuple[str, ...]) -> None:
        """These workers of others answered us: listen when there is one, unless told to wait."""
        self._answered = names
        if names and not self._when_asked:
            self.listen()

    async def enable_events(self, names: Sequence[str]) -> frozenset[str]:
        """Let workers of others tell of their tasks until they restart; who heard it.

        Only when a person asks: it costs them 27 to 32 % of their throughput, and whoever else
        listens hears it too. Raises FleetError.
        """
        return await self._calls.enable_events(nodes=names)

    async def run(self) -> None:
        """Listen once it is wanted and tell what changes, until cancelled."""
        if not self._means.spec.plain:
            await self._wanted.wait()
        async with asyncio.TaskGroup() as jobs:
            if not self._means.spec.plain:
                jobs.create_task(self._feed().run())
            while True:
                await asyncio.sleep(TELL_S)
                self.tell()

    def _feed(self) -> Feed:
        return Feed(
            self._means.spec,
            self._means.containment,
            on_event=self.take,
            say=lambda text: self._means.publish(Said(None, text)),
            hears=("digests",),
            begin=self.begin,
        )

    @property
    def workers(self) -> tuple[Foreign, ...]:
        """All that were heard and not replaced since, by name."""
        return tuple(self._workers[key] for key in sorted(self._workers))

    @property
    def names(self) -> frozenset[str]:
        """The names that others have, as far as we know."""
        return frozenset((*self._answered, *(worker.name for worker in self.workers)))

    def begin(self) -> None:
        """Forget what was heard: whoever listens for us begins to count anew."""
        self._workers.clear()
        self._told.clear()

    def take(self, event: WorkerEvent) -> None:
        """Take in what a worker told."""
        if any(worker.name == event.node for worker in self._supervisor.workers):
            return
        key, now = (event.node, event.pid), self._clock()
        worker = self._workers.get(key) or Foreign(event.node, event.pid, now, now)
        match event.what:
            case Beat():
                worker = with_beat(worker, event.what, now)
            case Digest():
                worker = with_digest(worker, event.what, now)
            case Offline():
                worker = with_offline(worker, now)
            case _:
                return  # events of single tasks, which plain mode hears: the digest has them
        self._workers[key] = worker

    def tell(self) -> None:
        """Tell once of each worker that is not as it was when last told of."""
        now = self._clock()
        for key in self._workers:
            self._workers[key] = aged(self._workers[key], now)
        self._drop()
        for key, worker in tuple(self._workers.items()):
            told, self._told[key] = self._told.get(key), worker
            if told is None or _seen(told) != _seen(worker):
                self._means.publish(ForeignChanged(worker))

    def _drop(self) -> None:
        """Forget who has a successor of the same name, and the longest silent when too many."""
        workers = sorted(self._workers.items(), key=lambda item: item[1].heard_at)
        present = {worker.name for _, worker in workers if _is_there(worker)}
        gone = [k for k, worker in workers if worker.name in present and not _is_there(worker)]
        gone += [key for key, _ in workers[: max(0, len(workers) - MOST)]]
        for key in gone:
            self._workers.pop(key, None)
            self._told.pop(key, None)


def _is_there(worker: Foreign) -> bool:
    return worker.presence is not Presence.OFFLINE


def _seen(worker: Foreign) -> tuple[object, ...]:
    """What a person sees of it: each heartbeat is no news."""
    return (
        worker.presence,
        worker.celery,
        worker.processed,
        worker.active,
        worker.digest,
        worker.events,
        worker.missed,
    )
