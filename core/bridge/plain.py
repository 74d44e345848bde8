"""Stands in for the pipes of workers that run the literal command.

What they do is heard through Celery's events, and they are asked to stop by a broadcast.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Final

import psutil

from core.bridge.calls import Calls
from core.bridge.events import Offline, WorkerEvent
from core.bridge.feed import Feed
from core.bridge.found import found
from core.bridge.tally import Tally
from core.bridge.watch import Watch
from core.changes import Said
from core.errors import FleetError
from core.tasks.facts import Hello, Ready, Settled
from core.workers.foreign import Beat, Digest
from core.workers.means import Means
from core.workers.phase import Stage, Worker
from core.workers.supervisor import Supervisor

ASK_AGAIN_S: Final = 1.0
MOST_PROCESSES: Final = 1000
UNHEARD: Final = "It no longer runs, but how it ended was not told, and no result is stored."


class _Process:
    """One process of a worker of ours, heard."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.tally = Tally(hub=sys.platform != "win32")
        self.missed = 0
        self.searching = False


class Plain:
    """All plain workers of a session; `until` waits for what a change of the session brings.

    `watch` hears of the workers of others from the same process.
    """

    _searches: asyncio.TaskGroup

    def __init__(
        self,
        means: Means,
        supervisor: Supervisor,
        calls: Calls,
        until: Callable[[Callable[[], bool]], Awaitable[None]],
        watch: Watch,
    ) -> None:
        self._means = means
        self._supervisor = supervisor
        self._calls = calls
        self._until = until
        self._watch = watch
        self._processes: dict[tuple[str, int], _Process] = {}
        self.feed = Feed(
            means.spec,
            means.containment,
            on_event=self.take,
            hears=("tasks", "digests"),
            begin=watch.begin,
            say=lambda text: means.publish(Said(None, text)),
        )

    async def run(self) -> None:
        """Listen until cancelled."""
        async with asyncio.TaskGroup() as self._searches:
            await self.feed.run()

    async def ask_to_stop(self, name: str) -> None:
        """Ask until it goes: a broadcast reaches only who is connected at that moment."""
        worker = self._worker(name)
        run = worker.run if worker else None

        def is_over() -> bool:
            worker = self._worker(name)
            return worker is None or worker.run != run or worker.stage is not Stage.STOPPING

        async with asyncio.TaskGroup() as jobs:
            asking = jobs.create_task(self._ask_again(name))
            await self._until(is_over)
            asking.cancel()

    async def _ask_again(self, name: str) -> None:
        said = ""
        while True:
            try:
                await self._calls.shutdown([name])
            except FleetError as error:
                if error.why != said:
                    said = error.why
                    self._means.publish(Said(name, f"could not be asked to stop: {said}"))
            await asyncio.sleep(ASK_AGAIN_S)

    def take(self, event: WorkerEvent) -> None:
        """Take in what a worker told; what others' workers tell is for the watch."""
        self._watch.take(event)
        process = None if isinstance(event.what, Digest) else self._process(event)
        if process is None:
            return
        match event.what:
            case Beat():
                self._beat(event.node, process, event.what)
            case Offline() | Digest():
                pass  # a lost broker ends in one too; the end of the process tells
            case fact:
                process.tally.heard(fact)
                self._supervisor.fact(event.node, process.run, fact)

    def _process(self, event: WorkerEvent) -> _Process | None:
        key = (event.node, event.pid)
        process = self._processes.get(key)
        if process is None:
            worker = self._worker(event.node)
            if worker is None or worker.pid is None or not _runs_as(event.pid, worker.pid):
                return None
            process = self._processes[key] = _Process(worker.run)
            if len(self._processes) > MOST_PROCESSES:
                del self._processes[next(iter(self._processes))]
            if isinstance(event.what, Beat):
                self._supervisor.fact(event.node, process.run, self._hello(event, event.what))
        return process

    def _hello(self, event: WorkerEvent, beat: Beat) -> Hello:
        return Hello(
            beat.at, event.pid, self.feed.python, beat.celery, None, None, event.node, None
        )

    def _worker(self, name: str) -> Worker | None:
        return next((each for each in self._supervisor.workers if each.name == name), None)

    def _beat(self, name: str, process: _Process, beat: Beat) -> None:
        self._supervisor.fact(name, process.run, Ready(beat.at))
        missed = process.tally.compare(beat)
        if missed is None:
            return
        news = missed.events > process.missed
        if news:
            process.missed = missed.events
            text = f"events missed so far: {missed.events}; what they told is being looked up"
            self._means.publish(Said(name, text))
        if (news or missed.unended) and not process.searching:
            process.searching = True
            self._searches.create_task(self._search(name, process, missed.unended, beat.at))

    async def _search(
        self, name: str, process: _Process, unended: tuple[str, ...], at: float
    ) -> None:
        """Find out how tasks ended whose end was missed; at the next heartbeat if not now."""
        states = ("received", "started")
        names = dict.fromkeys(unended, "")
        names |= {task.id: task.name for task in self._means.ledger.tasks(states, worker=name)}
        try:
            where = await self._calls.whereabouts(tuple(names))
        except FleetError:
            return  # the broker is away; a heartbeat comes when it is back
        finally:
            process.searching = False
        for task_id in names:
            fact = found(where, task_id, names[task_id], at)
            if fact is None and task_id in unended:
                fact = Settled(at, task_id, names[task_id], "lost", UNHEARD)
            if fact is not None:
                process.tally.heard(fact)
                self._supervisor.fact(name, process.run, fact)


def _runs_as(pid: int, child: int) -> bool:
    """Whether a process is our child, or runs below it: on Windows a venv's python.exe only
    starts the true interpreter.
    """
    if pid == child:
        return True
    try:
        return any(parent.pid == child for parent in psutil.Process(pid).parents())
    except psutil.Error:
        return False
