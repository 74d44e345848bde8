"""Carries out the lives of the rows: the lifecycle is that of a worker without tasks.

`core.workers.lifecycle` decides here too; a row is up when its readiness is a fact (`CameUp`).
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, assert_never

from core.changes import Diagnosed, LogGrew, RowChanged, Said
from core.errors import FleetError
from core.logs.store import LogStore
from core.rows.address import address_of
from core.rows.guard import refuse_taken
from core.rows.hearing import Hearing
from core.rows.readiness import wait_until_ready
from core.rows.row import WORKERS, RowSpec
from core.rows.stopping import ask_to_end
from core.workers.alarm import Alarm
from core.workers.lifecycle import step
from core.workers.means import Means
from core.workers.messages import (
    Action,
    Asked,
    AskToStop,
    CameUp,
    Event,
    Exited,
    Heard,
    Kill,
    Removed,
    Rung,
    Say,
    Settle,
    Slept,
    Spawn,
    Spawned,
    SpawnFailed,
    StartAsked,
    StopAsked,
    WakeAt,
    Woke,
)
from core.workers.phase import Stage, Worker
from core.workers.process import spawn
from core.workers.run import Run
from core.workers.spec import WorkerSpec


class Company:
    """All rows of one session, by name, in the order of their start.

    They live in the environment of the workers. `fleet` gives those as they are.
    """

    def __init__(
        self,
        rows: Iterable[RowSpec],
        means: Means,
        root: Path,
        fleet: Callable[[], Iterable[Worker]],
    ) -> None:
        self._means = means
        self._specs: dict[str, RowSpec] = {}
        self._root = root
        self.fleet = fleet
        self._loop = asyncio.get_running_loop()
        self._alarm = Alarm(lambda name: self.tell(name, Woke()), self._slept)
        self._rows: dict[str, Worker] = {}
        self._stores: dict[str, LogStore] = {}
        self._runs: dict[str, Run] = {}
        self._jobs: set[asyncio.Task[None]] = set()
        self._waiting: set[str] = set()
        for row in rows:
            self._add(row)

    @property
    def spec(self) -> WorkerSpec:
        """How the project's app is run, whose environment rows have."""
        return self._means.spec

    def add(self, row: RowSpec, hidden: Iterable[str] = ()) -> None:
        """Have one row more, stopped, in place of one of its name that has no process.

        `hidden` must not show in its log, nor must its secrets.
        """
        self._means.mask((*row.secrets, *hidden))
        self._add(row)
        self._means.publish(RowChanged(self._rows[row.name]))

    def _add(self, row: RowSpec) -> None:
        self._specs[row.name] = row
        self._rows.setdefault(row.name, Worker(row.name))
        self._stores.setdefault(row.name, LogStore())

    @property
    def rows(self) -> tuple[Worker, ...]:
        """How they are: a row is a worker that never has a task."""
        return tuple(self._rows.values())

    def everybody(self) -> tuple[Worker, ...]:
        """The fleet, then the rows."""
        return (*self.fleet(), *self.rows)

    def reloading(self) -> tuple[Worker, ...]:
        """The rows that want a new process when source changes."""
        return tuple(row for row in self.rows if self._specs[row.name].reload)

    @property
    def resting(self) -> bool:
        """Whether none has a process, or waits for its turn."""
        return not self._jobs and not self._waiting

    def __contains__(self, name: str) -> bool:
        return name in self._specs

    def command(self, name: str) -> tuple[str, ...]:
        """The command line of a row."""
        return self._specs[name].command(self._means.spec.python)

    def address(self, name: str) -> str | None:
        """Where a row is to be seen in a browser, if it is a web server."""
        return address_of(self._specs[name])

    def log(self, name: str) -> LogStore:
        """What a row printed, over all its runs; KeyError for a name that is no row."""
        return self._stores[name]

    # --- Asks ---

    def ask(self, name: str | None, asked: Asked) -> None:
        """Ask something of one row, or of all; names of others are ignored.

        When all are to start, each does as soon as what it waits for is ready.
        """
        if name is None and isinstance(asked, StartAsked):
            self._waiting |= {row.name for row in self._rows.values() if not row.alive}
            self.proceed()
            return
        if isinstance(asked, StopAsked) and asked.rung is Rung.COLD:
            asked = StopAsked(Rung.KILL)  # there is no task to break off
        for each in self._specs if name is None else {name} & self._specs.keys():
            self._waiting.discard(each)
            self.tell(each, asked)

    def close(self) -> None:
        """Stop the clock."""
        self._alarm.close()

    # --- Turns ---

    def proceed(self) -> None:
        """Start those whose turn has come: call it when a worker or a row has changed."""
        for name in self._specs:
            if name not in self._waiting:  # or no longer: a start makes others proceed
                continue
            spec = self._specs[name]
            states = [self._state(other) for other in spec.after]
            if spec.strict and False in states:
                self._waiting.discard(name)
                gone = spec.after[states.index(False)]
                self._say(name, f"is not started: it waits for {gone}, which does not come up")
            elif None not in states:
                self._waiting.discard(name)
                self.tell(name, StartAsked())

    def _state(self, other: str) -> bool | None:
        """Whether what a row waits for is ready; None while that may still come."""
        workers = list(self.fleet()) if other == WORKERS else [self._rows[other]]
        if other in self._waiting or any(worker.stage in _ON_ITS_WAY for worker in workers):
            return None
        return any(worker.stage is Stage.UP for worker in workers)

    # --- Lives ---

    def tell(self, name: str, event: Event) -> None:
        """Let something happen to a row."""
        before, policy = self._rows[name], self._specs[name].policy
        after, actions = step(before, event, self._loop.time(), policy)
        self._rows[name] = after
        if after is not before and after != before:
            self._means.publish(RowChanged(after))
        for action in actions:
            self._do(name, action)

    def _slept(self, gap_s: float) -> None:
        for name in self._specs:
            self.tell(name, Slept(gap_s))

    def _do(self, name: str, action: Action) -> None:
        match action:
            case Spawn():
                job = self._means.jobs.create_task(self._live(name, action.run))
                self._jobs.add(job)
                job.add_done_callback(self._done)
            case AskToStop():
                self._means.jobs.create_task(self._ask_to_stop(name, self._runs[name]))
            case Kill():
                self._runs[name].child.kill()
            case WakeAt():
                self._alarm.set(name, action.at)
            case Say():
                self._say(name, action.text)
            case Settle() | Removed():  # it holds no messages, and is never removed
                pass
            case _:
                assert_never(action)

    def _done(self, job: asyncio.Task[None]) -> None:
        self._jobs.discard(job)
        self._means.wake()

    async def _ask_to_stop(self, name: str, run: Run) -> None:
        stop_signal = self._specs[name].stop_signal
        asked = await asyncio.to_thread(ask_to_end, run.child.pid, stop_signal)
        if not asked and self._runs.get(name) is run:
            self._say(name, "cannot be asked to stop: killed")
            run.child.kill()

    async def _live(self, name: str, number: int) -> None:
        """The life of one process. Who cancels it kills the process."""
        means, spec, hearing = self._means, self._specs[name], Hearing(self._stores[name])
        run = self._listener(name, number, hearing)
        try:
            child = spec.child(means.spec.environment(), means.spec.python)
            await asyncio.to_thread(refuse_taken, spec, self._root)
            run.child = await spawn(child, run, means.containment)
        except FleetError as error:
            self.tell(name, SpawnFailed(number, error))
            return
        means.born(run.child)
        if spec.first_words:
            run.child.send(spec.first_words)
            run.child.end_input()
        self._runs[name] = run
        try:
            async with asyncio.TaskGroup() as jobs:
                self.tell(name, Spawned(number, run.child.pid))
                watch = jobs.create_task(self._watch(spec, number, hearing))
                exit = await run.child.wait()
                watch.cancel()
            self.tell(name, self._end(name, run.ended(exit)))
        finally:
            run.child.kill()
            del self._runs[name]
            means.gone(run.child.pid)

    def _end(self, name: str, ended: Exited) -> Exited:
        """A signal that we sent came from nobody outside."""
        if self._rows[name].stage is Stage.STOPPING and ended.killed_from_outside:
            return replace(ended, words="ended as asked")
        return ended

    async def _watch(self, spec: RowSpec, number: int, hearing: Hearing) -> None:
        evidence = await wait_until_ready(spec.ready, hearing.line)
        self.tell(spec.name, CameUp(number, evidence))

    def _listener(self, name: str, number: int, hearing: Hearing) -> Run:
        means, store = self._means, self._stores[name]

        def publish(change: LogGrew | Said | Diagnosed) -> None:
            if isinstance(change, LogGrew):
                hearing.hear()
            means.publish(change)

        return Run(
            name,
            number,
            means.open_log(name, number, store),
            store,
            plain=True,
            publish=publish,
            on_fact=lambda fact: None,  # it has no tasks
            on_output=lambda: self.tell(name, Heard(number)),
        )

    def _say(self, name: str, text: str) -> None:
        self._means.publish(Said(name, text))


_ON_ITS_WAY: Final = (Stage.STARTING, Stage.BACKOFF, Stage.STOPPING)
