"""Carries out what the lifecycle decides: starts, asks, kills, waits, settles.

It decides nothing itself. What happens goes into `lifecycle.step` and the ledger, actions come
back, changes are published.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, assert_never

from core.changes import Change, Said, WorkerChanged, WorkerRemoved
from core.errors import FleetError
from core.logs.intake import LogIntake
from core.logs.store import LogStore
from core.tasks.facts import Fact, TaskFact
from core.tasks.ledger import Ledger
from core.workers.alarm import Alarm
from core.workers.containment import Containment
from core.workers.lifecycle import step
from core.workers.loss import Loss, lost_words
from core.workers.messages import (
    Action,
    AskToStop,
    Event,
    Exited,
    Heard,
    Kill,
    Removed,
    Reported,
    Say,
    Settle,
    Slept,
    Spawn,
    Spawned,
    SpawnFailed,
    WakeAt,
    Woke,
)
from core.workers.outcome import Outcome
from core.workers.phase import Worker
from core.workers.policy import Policy
from core.workers.process import Child, Exit, spawn
from core.workers.run import Run
from core.workers.spec import WorkerSpec, as_line


@dataclass(frozen=True, slots=True)
class Means:
    """What the supervisor works with; all of it belongs to the session.

    `jobs` owns what takes time. `settle` answers the broker for a loss and never raises.
    `ask_plain` asks a worker that reads no commands to stop. `born` and `gone` hear of every
    process, for the record of what is running.
    """

    spec: WorkerSpec
    policy: Policy
    containment: Containment
    jobs: asyncio.TaskGroup
    ledger: Ledger
    publish: Callable[[Change], None]
    open_log: Callable[[str, int, LogStore], LogIntake]
    settle: Callable[[Loss], Coroutine[Any, Any, None]]
    ask_plain: Callable[[str], Coroutine[Any, Any, None]]
    born: Callable[[Child], None]
    gone: Callable[[int], None]


class Supervisor:
    """All workers of one session, by node name."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._loop = asyncio.get_running_loop()
        self._alarm = Alarm(lambda name: self.tell(name, Woke()), self._slept)
        self._workers: dict[str, Worker] = {}
        self._stores: dict[str, LogStore] = {}
        self._children: dict[str, Child] = {}
        self._ends: dict[str, Exited] = {}
        self.settling = 0
        """Losses that are being settled now."""

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The fleet, in the order of its names' first appearance."""
        return tuple(self._workers.values())

    def log(self, name: str) -> LogStore:
        """What a worker printed, over all its runs; KeyError for an unknown name."""
        return self._stores[name]

    def add(self, name: str) -> None:
        """Make a worker known, stopped."""
        self._stores.setdefault(name, LogStore())
        self._workers[name] = Worker(name)

    def tell(self, name: str, event: Event) -> None:
        """Let something happen to a worker; unknown names are ignored, they were removed."""
        before = self._workers.get(name)
        if before is None:
            return
        after, actions = step(before, event, self._loop.time(), self._means.policy)
        self._workers[name] = after
        if after is not before and after != before:
            self._means.publish(WorkerChanged(after))
        for action in actions:
            self._do(name, action)

    def fact(self, name: str, run: int, fact: Fact) -> None:
        """A worker, or somebody in its stead, said something."""
        if isinstance(fact, TaskFact):
            for change in self._means.ledger.apply(name, run, fact, self._loop.time()):
                self._means.publish(change)
        self.tell(name, Reported(run, fact))

    def close(self) -> None:
        """Stop the clock."""
        self._alarm.close()

    def _slept(self, gap_s: float) -> None:
        self._means.publish(Said(None, f"the machine slept for {gap_s:.0f} s"))
        for name in tuple(self._workers):
            self.tell(name, Slept(gap_s))

    def _do(self, name: str, action: Action) -> None:
        match action:
            case Spawn():
                self._means.jobs.create_task(self._spawn(name, action.run))
            case AskToStop():
                self._ask_to_stop(name)
            case Kill():
                self._children[name].kill()
            case WakeAt():
                self._alarm.set(name, action.at)
            case Settle():
                self._settle(name, action.run)
            case Removed():
                del self._workers[name]
                self._alarm.forget(name)
                self._means.publish(WorkerRemoved(name))
            case Say():
                self._means.publish(Said(name, action.text))
            case _:
                assert_never(action)

    def _ask_to_stop(self, name: str) -> None:
        if self._means.spec.plain:
            self._means.jobs.create_task(self._means.ask_plain(name))
        else:
            self._children[name].send(as_line({"kind": "stop"}))

    async def _spawn(self, name: str, run: int) -> None:
        store, means = self._stores[name], self._means
        listener = Run(
            name,
            means.open_log(name, run, store),
            store,
            plain=means.spec.plain,
            publish=means.publish,
            on_fact=lambda fact: self.fact(name, run, fact),
            on_output=lambda: self.tell(name, Heard(run)),
            on_exit=lambda exit, outcome: self._ended(name, run, exit, outcome),
        )
        try:
            child = await spawn(means.spec.child(name), listener, means.containment)
        except FleetError as error:
            self.tell(name, SpawnFailed(run, error))
            return
        self._children[name] = child
        means.born(child)
        if not means.spec.plain:
            child.send(means.spec.first_words(name))
        self.tell(name, Spawned(run, child.pid))
        if name in self._ends:  # it was faster than we
            self._bury(name)

    def _ended(self, name: str, run: int, exit: Exit, outcome: Outcome) -> None:
        words = f"{outcome.words}; {outcome.cause}" if outcome.cause else outcome.words
        self._ends[name] = Exited(run, exit.code, exit.signal, words, outcome.killed_from_outside)
        if name in self._children:
            self._bury(name)

    def _bury(self, name: str) -> None:
        self._means.gone(self._children.pop(name).pid)
        self.tell(name, self._ends[name])

    def _settle(self, name: str, run: int) -> None:
        held = self._means.ledger.worker_gone(name, run, self._loop.time())
        end = self._ends.pop(name)
        clean = end.code == 0
        if held or not clean:
            loss = Loss(name, run, held, time.time(), lost_words(end), clean)
            self.settling += 1
            self._means.jobs.create_task(self._settle_loss(loss))

    async def _settle_loss(self, loss: Loss) -> None:
        try:
            await self._means.settle(loss)
        finally:
            self.settling -= 1
