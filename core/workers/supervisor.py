"""Carries out what the lifecycle decides: starts, asks, kills, waits, settles.

It decides nothing itself. What happens goes into `lifecycle.step` and the ledger, actions come
back, changes are published.
"""

import asyncio
import time
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any, assert_never

from core.changes import Said, WorkerChanged, WorkerRemoved
from core.errors import FleetError
from core.logs.store import LogStore
from core.tasks.facts import Fact, Failed, Note, Ready, Revoking, Succeeded, TaskFact
from core.tasks.revoked import Revoked
from core.workers.alarm import Alarm
from core.workers.lifecycle import step
from core.workers.loss import Loss
from core.workers.means import Means
from core.workers.messages import (
    Action,
    AskToStop,
    Event,
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
from core.workers.phase import Phase, Worker
from core.workers.process import Child, spawn
from core.workers.run import Run
from core.workers.spares import Spares
from core.workers.spec import WorkerSpec, as_line


class Supervisor:
    """All workers of one session, by node name."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._loop = asyncio.get_running_loop()
        self._alarm = Alarm(lambda name: self.tell(name, Woke()), self._slept)
        self._workers: dict[str, Worker] = {}
        self._removed: dict[str, Worker] = {}
        self._stores: dict[str, LogStore] = {}
        self._runs: dict[str, Run] = {}
        self._jobs: set[asyncio.Task[None]] = set()
        self._notes: set[str] = set()
        self._revoked = Revoked()
        self._spares: dict[str, Spares] = {}
        self._debug_ports: dict[str, int | None] = {}

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The fleet, in the order in which its workers were added."""
        return tuple(self._workers.values())

    @property
    def resting(self) -> bool:
        """Whether no process runs, or is being spawned, and what earlier ones left is settled."""
        return not self._jobs

    @property
    def roots(self) -> dict[str, int]:
        """The first process of each worker that has one: on Windows not the one that works."""
        return {name: run.child.pid for name, run in self._runs.items()}

    def idle(self) -> object | None:
        """None unless every worker that has a process waits for tasks, and one does.

        Else a value that is equal as long as they do nothing else.
        """
        workers = [worker for worker in self._workers.values() if worker.alive]
        if not workers or any(worker.phase is not Phase.READY for worker in workers):
            return None
        return tuple((worker.name, worker.run, worker.since) for worker in workers)

    def log(self, name: str) -> LogStore:
        """What a worker printed, over all its runs; KeyError for a name that never was."""
        return self._stores[name]

    @property
    def logs(self) -> Mapping[str, LogStore]:
        """What all workers printed, by name, those included that were removed."""
        return self._stores

    def add(self, name: str, spec: WorkerSpec | None = None) -> None:
        """Make a worker known, stopped. One that was removed before goes on counting its runs.

        `spec` is that of its group, and the same object for all of them: they share one spare and
        the rate limits.
        """
        assert name not in self._workers
        self._spares[name] = self._spares_for(spec or self._means.spec)
        before = self._removed.pop(name, None)
        self._stores.setdefault(name, LogStore())
        self._workers[name] = Worker(name, run=before.run if before else 0)

    def debug(self, name: str, port: int | None) -> None:
        """Run the next process of a worker under debugpy at this port; None: as the others."""
        self._debug_ports[name] = port

    def debug_port(self, name: str) -> int | None:
        """Where debugpy listens in the worker's next process; None: nowhere."""
        node, port = self._spec(name).debug or (name, None)
        return self._debug_ports.get(name, port if node == name else None)

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
        """A worker, or somebody in its stead, said something. A note is told once in the fleet."""
        if isinstance(fact, Note):
            if fact.text in self._notes:
                return
            self._notes.add(fact.text)
        if isinstance(fact, Revoking):
            self._pass_on(fact)
        if isinstance(fact, Ready):
            self._spares[name].keep()
        if isinstance(fact, TaskFact):
            for change in self._means.ledger.apply(name, run, fact, self._loop.time()):
                self._means.publish(change)
        self.tell(name, Reported(run, fact))
        if isinstance(fact, Succeeded | Failed):
            self._means.ended(name, fact)

    def _pass_on(self, fact: Revoking) -> None:
        """A worker that was not there when something was revoked is told by us."""
        if not self._revoked.learn(fact.ids, fact.stamps):
            return
        line = as_line({"kind": "revoked", "ids": list(fact.ids), "stamps": fact.stamps})
        for run in self._runs.values():
            run.child.send(line)

    def close(self) -> None:
        """Stop the clock, and end what waits."""
        self._alarm.close()
        for spares in self._spares.values():
            spares.drop()

    def _slept(self, gap_s: float) -> None:
        self._means.publish(Said(None, f"the machine slept for {gap_s:.0f} s"))
        for name in tuple(self._workers):
            self.tell(name, Slept(gap_s))

    def _do(self, name: str, action: Action) -> None:
        match action:
            case Spawn():
                self._start(self._live(name, action))
            case AskToStop():
                self._ask_to_stop(name, action.cold)
            case Kill():
                self._runs[name].child.kill()
            case WakeAt():
                self._alarm.set(name, action.at)
            case Settle():
                self._settle(name, action)
            case Removed():
                self._removed[name] = self._workers.pop(name)
                self._alarm.forget(name)
                self._means.publish(WorkerRemoved(name))
            case Say():
                self._means.publish(Said(name, action.text))
            case _:
                assert_never(action)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        job = self._means.jobs.create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._done)

    def _done(self, job: asyncio.Task[None]) -> None:
        self._jobs.discard(job)
        self._means.wake()

    def _ask_to_stop(self, name: str, cold: bool) -> None:
        if not self._spec(name).plain:
            self._runs[name].child.send(as_line({"kind": "stop", "cold": cold}))
        elif cold:  # it knows no such command
            self._runs[name].child.kill()
        else:
            self._means.jobs.create_task(self._means.ask_plain(name))

    async def _live(self, name: str, wanted: Spawn) -> None:
        """The life of one process. Who cancels it kills the process."""
        means, number = self._means, wanted.run
        run = self._listener(name, number)
        try:
            run.child = await self._process(name, run, fresh=wanted.fresh)
        except FleetError as error:
            self.tell(name, SpawnFailed(number, error))
            return
        self._runs[name] = run
        try:
            spec = self._spec(name)
            if not spec.plain:
                names = self._alike(name)
                place = names.index(name) if name in names else 0
                port = self.debug_port(name)
                spec = replace(spec, debug=None if port is None else (name, port))
                words = spec.first_words(name, len(names), place, self._revoked.message())
                run.child.send(words)
            self.tell(name, Spawned(number, run.child.pid))
            exit = await run.child.wait()
            self.tell(name, run.ended(exit))
        finally:
            run.child.kill()
            del self._runs[name]
            means.gone(run.child.pid)
            alike = self._alike(name)
            if not any(self._workers[each].alive for each in alike):
                self._spares[name].drop()

    async def _process(self, name: str, run: Run, *, fresh: bool) -> Child:
        """A process for this run: the spare one, or a new one."""
        if fresh or self.debug_port(name) is not None:
            self._spares[name].drop()
        elif spare := self._spares[name].take(run):
            return spare
        child = await spawn(self._spec(name).child(name), run, self._means.containment)
        self._means.born(child)
        return child

    def _listener(self, name: str, number: int) -> Run:
        means, store = self._means, self._stores[name]
        return Run(
            name,
            number,
            means.open_log(name, number, store),
            store,
            plain=self._spec(name).plain,
            publish=means.publish,
            on_fact=lambda fact: self.fact(name, number, fact),
            on_output=lambda: self.tell(name, Heard(number)),
        )

    def _spec(self, name: str) -> WorkerSpec:
        return self._spares[name].spec

    def _spares_for(self, spec: WorkerSpec) -> Spares:
        means = self._means
        known = (spares for spares in self._spares.values() if spares.spec is spec)
        return next(known, None) or Spares(
            spec, means.containment, means.jobs, means.born, means.gone
        )

    def _alike(self, name: str) -> list[str]:
        """The workers of the same group."""
        return [each for each in self._workers if self._spec(each) is self._spec(name)]

    def _settle(self, name: str, settle: Settle) -> None:
        held = self._means.ledger.worker_gone(name, settle.run, self._loop.time())
        loss = Loss(
            name,
            settle.run,
            held,
            self._runs[name].told_at,
            time.time(),
            self._workers[name].exit,
            settle.manner,
            settle.limit_s,
        )
        if held or loss.untold_since is not None:
            self._start(self._means.settle(loss))
