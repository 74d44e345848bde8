"""One open project: everything that runs for it, as long as `async with Session` lasts.

The only façade. Facts go out as `Change`s to `publish`; requests are plain methods that return at
once, or coroutines where there is an answer.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.bridge.missing import Missing
from core.bridge.plain import Plain
from core.bridge.sending import send
from core.bridge.settlement import Settlement
from core.broker.address import read_address
from core.broker.builtin import BuiltinBroker
from core.changes import BrokerKnown, Change, Said
from core.errors import USAGE, FleetError
from core.jobs import job_group
from core.logs.files import RunLog, log_folder
from core.logs.intake import LogIntake
from core.logs.redact import Redactor
from core.logs.store import LogStore
from core.project.opening import Project
from core.secret import Secret
from core.tasks.call import TaskCall
from core.tasks.ledger import Ledger
from core.wishes import Wishes, wants_builtin, worker_count, worker_policy, worker_spec
from core.workers.containment import make_containment
from core.workers.leftovers import claim
from core.workers.loss import Loss
from core.workers.messages import RemoveAsked, RestartAsked, StartAsked, StopAsked
from core.workers.names import names, this_host
from core.workers.phase import Phase, Worker
from core.workers.supervisor import Means, Supervisor

SETTLE_TRIES: Final = 30
FOREIGN_S: Final = 0.8


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The broker and who else is there. `foreign` are nodes that this session did not start."""

    broker: BrokerKnown
    local: bool
    foreign: tuple[str, ...]


class Session:
    """Owns the workers, the broker if it is ours, the bridge and the books."""

    ledger: Ledger
    supervisor: Supervisor
    calls: Calls
    size_reason: str
    """Where the number of workers comes from."""

    def __init__(
        self,
        project: Project,
        wishes: Wishes,
        publish: Callable[[Change], None],
        environ: Mapping[str, str],
    ) -> None:
        self.project = project
        self._wishes = wishes
        self._watcher = publish
        self._environ = environ
        self._stack = AsyncExitStack()
        self._pulse = asyncio.Event()
        self._closing = False
        self._template = wishes.name or project.settings.name or "worker%i@%h"

    # --- Opening and closing ---

    async def __aenter__(self) -> Self:
        async with self._stack:
            await self._open()
            self._stack = self._stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def _open(self) -> None:
        self._opened_at = time.time()
        say = self.say
        enter = self._stack.enter_async_context
        self._claim = self._stack.enter_context(claim(self.project.name, say))
        if self._claim.leftovers:
            say(f"{len(self._claim.leftovers)} processes of an earlier crash are ended")
            await asyncio.to_thread(self._claim.end_leftovers)
        containment = await enter(make_containment(say))
        self._builtin = None
        if wants_builtin(self.project, self._wishes):
            self._builtin = await enter(BuiltinBroker(containment, dict(self._environ)))
            self._claim.add("broker", self._builtin.child.pid, self._builtin.child.created_at)
        url = self._builtin.url if self._builtin else None
        count, self.size_reason = worker_count(self.project, self._wishes, self._environ)
        fleet = names(self._template, count, this_host())
        self._spec = spec = worker_spec(self.project, self._wishes, self._environ, url, fleet[0])
        self._redactor = Redactor.of(spec.environment())
        self.ledger = Ledger()
        host = Host(spec, containment)
        self._stack.push_async_callback(host.close)
        self.calls = Calls(host)
        self._jobs = await enter(job_group())
        means = Means(
            spec=spec,
            policy=worker_policy(self.project, self._wishes),
            containment=containment,
            jobs=self._jobs,
            ledger=self.ledger,
            publish=self._publish,
            open_log=self._open_log,
            settle=self._settle,
            ask_plain=lambda name: self._plain.ask_to_stop(name),
            born=lambda child: self._claim.add(child.title, child.pid, child.created_at),
            gone=self._claim.remove,
        )
        self.supervisor = Supervisor(means)
        self._plain = Plain(means, self.supervisor, self.calls, self.until)
        for name in fleet:
            self.supervisor.add(name)
        missing = Missing(
            self.calls, self.ledger, idle=self._idle, found=self._found, lost=self._lost
        )
        watches = [self._jobs.create_task(missing.watch())]
        if spec.plain:
            watches.append(self._jobs.create_task(self._plain.feed.run()))
        self._stack.push_async_callback(self._close, watches)

    async def _close(self, watches: list[asyncio.Task[None]]) -> None:
        """Whatever still runs is killed here: ask for a stop before, and wait for it."""
        self._closing = True
        self.stop(now=True)
        await self.until(self.all_settled)
        for watch in watches:
            watch.cancel()
        self.supervisor.close()

    # --- Workers ---

    async def look_around(self) -> Surroundings:
        """Try the broker and see who is there, before anything is started.

        Raises FleetError when the app cannot be imported, the broker does not answer, or a worker
        of one of our names is there already (Celery would merge the two silently).
        """
        if self._spec.plain:
            await self._plain.feed.listening()
        if self._builtin is not None:
            known = BrokerKnown(self._builtin.url, True, self._builtin.choice.label, None)
            self._publish(known)
            return Surroundings(known, local=True, foreign=())
        url = await self.calls.broker_url()
        latency_ms = await self.calls.ping()
        known = BrokerKnown(url, False, "the project's broker", latency_ms)
        self._publish(known)
        replies = await self.calls.inspect("ping", timeout_s=FOREIGN_S)
        ours = {worker.name for worker in self.supervisor.workers}
        if taken := sorted(ours & set(replies)):
            raise FleetError(
                f"a worker named {taken[0]} is on this broker already",
                "two workers of one name are counted as one by every tool, and stop together",
                f"stop it, or take other names with --name, such as --name 'me%i@{this_host()}'",
                exit_code=USAGE,
            )
        return Surroundings(known, read_address(Secret(url)).local, tuple(sorted(replies)))

    def start(self, name: str | None = None) -> None:
        """Start one worker, or all."""
        for worker in self._named(name):
            self.supervisor.tell(worker, StartAsked())

    def stop(self, name: str | None = None, *, now: bool = False) -> None:
        """Let one worker, or all, finish the running task and leave; `now` kills."""
        for worker in self._named(name):
            self.supervisor.tell(worker, StopAsked(now=now))

    def restart(self, name: str | None = None) -> None:
        """Give one worker, or all, a new process after the running task."""
        for worker in self._named(name):
            self.supervisor.tell(worker, RestartAsked())

    def scale(self, count: int) -> None:
        """Grow or shrink the fleet to `count` workers; idle ones leave first."""
        workers = self.supervisor.workers
        if count < len(workers):
            for worker in sorted(workers, key=_keep_first)[count:]:
                self.supervisor.tell(worker.name, RemoveAsked())
            return
        taken = {worker.name for worker in workers}
        possible = names(self._template, count + len(taken), this_host())
        for name in [name for name in possible if name not in taken][: count - len(taken)]:
            self.supervisor.add(name)
            self.start(name)

    def all_gone(self) -> bool:
        """Whether no worker has a process."""
        return not any(worker.alive for worker in self.supervisor.workers)

    def all_settled(self) -> bool:
        """Whether no worker has a process, nor is going to, and what they left is settled."""
        waiting = any(worker.phase is Phase.BACKOFF for worker in self.supervisor.workers)
        return self.all_gone() and not waiting and not self.supervisor.settling

    @property
    def lossy(self) -> bool:
        """Whether counts rest on Celery's events, which can get lost: in plain mode."""
        return self._spec.plain

    def _named(self, name: str | None) -> tuple[str, ...]:
        if name is not None:
            return (name,)
        return tuple(worker.name for worker in self.supervisor.workers)

    # --- Tasks ---

    async def send(self, call: TaskCall) -> tuple[str, ...]:
        """Send a task once or many times; the ids. Raises FleetError, also for a wrong call."""

        def publish_sent(ids: tuple[str, ...]) -> None:
            for change in self.ledger.sent(ids, call.task, self._now()):
                self._publish(change)

        return await send(self.calls, call, publish_sent, self.ledger.unsent)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; it is asked again after each change."""
        while not holds():
            self._pulse.clear()
            await self._pulse.wait()

    def wake(self) -> None:
        """Ask anew whether what somebody waits for holds."""
        self._pulse.set()

    def say(self, text: str) -> None:
        """Tell people something about the session as a whole."""
        self._publish(Said(None, text))

    # --- What the parts call ---

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _publish(self, change: Change) -> None:
        self._watcher(change)
        self._pulse.set()

    def _open_log(self, name: str, run: int, store: LogStore) -> LogIntake:
        folder = log_folder(self.project.name)
        return LogIntake(store, RunLog(folder, name, run, say=self.say), self._redactor)

    async def _settle(self, loss: Loss) -> None:
        """Answer the broker for what a worker left, told or not."""
        settlement = Settlement(self.calls, self.ledger, self._spec.plain)
        tries = 1 if self._closing else SETTLE_TRIES
        facts, lost_because = await settlement.settle(loss, tries)
        for fact in facts:
            self.supervisor.fact(loss.worker, loss.run, fact)
        if lost_because is not None:
            self._lost(tuple(message.id for message in loss.held), lost_because)
        if not (loss.clean or self._closing):
            for task_id in await settlement.sweep(loss, self._opened_at):
                self._publish(Said(None, f"gave back {task_id}, which {loss.worker} died with"))
        self._pulse.set()

    def _idle(self) -> bool:
        workers = self.supervisor.workers
        up = [worker for worker in workers if worker.phase is Phase.READY]
        return bool(up) and len(up) == sum(worker.alive for worker in workers)

    def _found(self, fact: Any) -> None:
        for change in self.ledger.apply("elsewhere", 0, fact, self._now()):
            self._publish(change)

    def _lost(self, ids: tuple[str, ...], why: str) -> None:
        for change in self.ledger.mark_lost(ids, why, self._now()):
            self._publish(change)


def _keep_first(worker: Worker) -> tuple[bool, bool]:
    """Sort key: the busy stay, the idle leave."""
    return (worker.task is None, not worker.alive)
