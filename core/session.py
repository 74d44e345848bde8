"""One open project: everything that runs for it, as long as `async with Session` lasts.

The only façade. Facts go out as `Change`s to `publish`; requests are plain methods that return at
once, or coroutines where there is an answer.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Self

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.bridge.missing import Missing
from core.bridge.plain import Plain
from core.bridge.sending import Told, check, send
from core.bridge.settlement import Settlement
from core.bridge.surroundings import Surroundings, look_around, refuse_taken
from core.bridge.watch import Watch
from core.broker.builtin import BuiltinBroker
from core.changes import Change, RowChanged, Said, WorkerChanged
from core.errors import FleetError
from core.groups import WorkerGroup, size_reason, worker_groups
from core.jobs import job_group
from core.logs.intake import log_opener
from core.logs.redact import Redactor
from core.logs.store import LogStore
from core.project.opening import Project
from core.reload.reloader import Reloader, Target
from core.roster import Roster
from core.rows.choice import Choice, choose
from core.rows.company import Company
from core.settings import Settings
from core.tasks.books import Books
from core.tasks.call import TaskCall
from core.tasks.ledger import Ledger
from core.wishes import Wishes, effective, wants_builtin, worker_mode, worker_policy, worker_spec
from core.workers.containment import Containment, make_containment
from core.workers.leftovers import claim, end_leftovers
from core.workers.means import Means
from core.workers.messages import Asked, RemoveAsked, RestartAsked, Rung, StartAsked, StopAsked
from core.workers.meter import Meter
from core.workers.mode import Mode
from core.workers.phase import Phase
from core.workers.spec import WorkerSpec
from core.workers.supervisor import Supervisor


class Session:
    """Owns the workers, the `company` beside them, the broker if it is ours, bridge and books.

    `publish` is called in the loop, in the order in which things happen, and must not raise. What
    can be read stays readable when the session is over. Entering raises FleetError: the project
    is open elsewhere, the built-in broker does not start, a setting makes no sense.
    """

    ledger: Ledger
    supervisor: Supervisor
    company: Company
    choice: Choice
    calls: Calls
    settings: Settings
    """What the project's files, the environment and the command line say together."""
    groups: tuple[WorkerGroup, ...]
    """The worker groups; one without a name where the project has none."""
    size_reason: str
    """Where the number of workers comes from."""
    mode: Mode
    lossy: bool
    """Whether counts rest on Celery's events, which can get lost: in all modes but fleet."""
    failure: FleetError | None = None
    """Why there is no point in going on: the broker of our own has ended."""
    watch: Watch
    """Sees workers of others: by itself when `look_around` did, or once told to `listen`."""
    meter: Meter
    containment: Containment
    """Ends with the session whatever is spawned in it."""

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
        self.builtin: BuiltinBroker | None = None

    # --- Opening and closing ---

    async def __aenter__(self) -> Self:
        try:
            await self._open()
        except BaseException:  # a cancellation too: nothing that was begun stays
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _open(self) -> None:
        self._claim = self._stack.enter_context(claim(self.project.name, self.say))
        await end_leftovers(self._claim, self.say)
        self.containment = await self._stack.enter_async_context(make_containment(self.say))
        self.settings = effective(self.project, self._wishes)
        self.groups = worker_groups(self.project, self._wishes, self._environ)
        self.size_reason = size_reason(self.groups)
        self.mode = worker_mode(self.project, self._wishes)
        url = await self._open_broker()
        first, wishes = self.groups[0], self._wishes
        spec = worker_spec(self.project, wishes, self._environ, url, first.nodes[0], first.count)
        self.lossy = spec.plain
        self.choice = await asyncio.to_thread(choose, self.project, self._wishes, self._environ)
        self.ledger = Ledger()
        self._books = Books(self.ledger, self._publish)
        host = Host(spec, self.containment)
        self._stack.push_async_callback(host.close)
        self.calls = Calls(host)
        self._jobs = await self._stack.enter_async_context(job_group())
        self._open_fleet(spec)

    async def _open_broker(self) -> str | None:
        """The URL of the broker of our own; None when the project's is used."""
        if not wants_builtin(self.project, self._wishes):
            return None
        broker = BuiltinBroker(self.containment, dict(self._environ))
        self.builtin = await self._stack.enter_async_context(broker)
        self._claim.born(broker.child)
        return broker.url

    def _open_fleet(self, spec: WorkerSpec) -> None:
        redactor = Redactor.of(spec.environment(), self.choice.secrets)
        means = Means(
            spec=spec,
            policy=worker_policy(self.project, self._wishes),
            containment=self.containment,
            jobs=self._jobs,
            ledger=self.ledger,
            publish=self._publish,
            open_log=log_opener(self.project.name, redactor, self.say),
            mask=redactor.learn,
            settle=lambda loss: self._settlement.settle(loss),
            ask_plain=lambda name: self._plain.ask_to_stop(name),
            born=self._claim.born,
            gone=self._claim.remove,
            ended=lambda name, fact: self.meter.ended(name, fact),
            wake=self.wake,
        )
        self.supervisor = Supervisor(means)
        root, rows = self.project.root, self.choice.rows
        self.company = Company(rows, means, root, lambda: self.supervisor.workers)
        self._settlement = Settlement(
            self.calls,
            self.ledger,
            plain=spec.plain,
            enter=self.supervisor.fact,
            lost=self._books.lost,
            say=self._publish,
        )
        self.meter = Meter(means, self.supervisor)
        self.watch = Watch(means, self.supervisor, self.calls)
        self._plain = Plain(means, self.supervisor, self.calls, self.until, self.watch)
        self.roster = Roster(self.groups, spec, self.supervisor)
        idle, books = self.supervisor.idle, self._books
        missing = Missing(self.calls, self.ledger, idle=idle, found=books.found, lost=books.lost)
        watching = (missing.watch, self.watch.run, self.meter.run)
        watches = [self._jobs.create_task(each()) for each in watching]
        if self.builtin is not None:
            watches.append(self._jobs.create_task(self._mind_broker(self.builtin)))
        if spec.plain:
            watches.append(self._jobs.create_task(self._plain.run()))
        if self._wishes.reload or self.company.reloading():
            target = Target.of(self.company, self._wishes.reload, self.restart, self.say)
            reloader = Reloader(self.project.root, target, spec, self.containment)
            watches.append(self._jobs.create_task(reloader.run()))
        self._stack.push_async_callback(self._close, watches)

    async def _close(self, watches: list[asyncio.Task[None]]) -> None:
        """Whatever still runs is killed here: ask for a stop before, and wait for it."""
        self._ask(None, StopAsked(Rung.KILL))
        try:
            await self._settlement.leave(lambda: self.until(self.all_settled))
        finally:
            for watch in watches:
                watch.cancel()
            self.supervisor.close()
            self.company.close()

    # --- Workers ---

    async def look_around(self) -> Surroundings:
        """Try the broker and see who is there, before anything is started.

        Raises FleetError when the app cannot be imported, the broker does not answer, or a worker
        of one of our names is there already (Celery would merge the two silently).
        """
        if self.lossy:
            await self._plain.feed.listening()
        ours = {worker.name for worker in self.supervisor.workers if worker.alive}
        around = await look_around(self.calls, ours, self.builtin)
        self._publish(around.broker)
        self.watch.answered(around.foreign)
        if self._wishes.watch_others:
            self.watch.listen()
        refuse_taken((worker.name for worker in self.supervisor.workers), around)
        return around

    def start(self, name: str | None = None) -> None:
        """Start one worker or row, or all: rows when what they wait for is ready."""
        self._ask(name, StartAsked())

    def stop(self, name: str | None = None, *, now: bool = False) -> None:
        """Let one worker or row, or all, finish the running task and leave; `now` breaks it off."""
        self._ask(name, StopAsked(Rung.COLD if now else Rung.WARM))

    def restart(self, name: str | None = None, *, patient: bool = False) -> None:
        """Give one or all a new process after the running task, `patient`: however long it is."""
        self._ask(name, RestartAsked(patient=patient))

    def scale(self, count: int, group: str | None = None) -> None:
        """Grow or shrink the fleet, or a group of it, to `count` workers; idle ones leave first.

        Raises FleetError: no such group, or none is named where there are several.
        """
        leaving, joining = self.roster.scale(count, group, self.watch.names)
        for name in leaving:
            self._ask(name, RemoveAsked())
        for name in joining:
            self.start(name)

    def all_gone(self) -> bool:
        """Whether no worker and no row has a process."""
        return not any(each.alive for each in self.company.everybody())

    def all_settled(self) -> bool:
        """Whether no process is there, or is going to be, and what they left is settled."""
        waiting = any(each.phase is Phase.BACKOFF for each in self.company.everybody())
        return self.supervisor.resting and self.company.resting and not waiting

    def _ask(self, name: str | None, asked: Asked) -> None:
        workers = [worker.name for worker in self.supervisor.workers]
        for each in workers if name is None else [name]:
            self.supervisor.tell(each, asked)
        self.company.ask(name, asked)

    # --- Tasks ---

    async def check(self, call: TaskCall) -> str | None:
        """The queue of a call, as far as it is known. Raises FleetError when the call is wrong."""
        return await check(self.calls, call)

    async def send(self, call: TaskCall, told: Told = lambda ids: None) -> tuple[str, ...]:
        """Send it, once or often: the ids, which `told` has first. Raises FleetError."""
        return await send(
            self.calls,
            call,
            sent=lambda ids: (told(ids), self._books.sent(ids, call.task)),
            unsent=self._books.unsent,
        )

    # --- Waiting, and being told ---

    def log(self, name: str) -> LogStore:
        """What a worker or a row printed, over all its runs."""
        return self.company.log(name) if name in self.company else self.supervisor.log(name)

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

    def _publish(self, change: Change) -> None:
        self._watcher(change)
        if isinstance(change, WorkerChanged | RowChanged):
            self.company.proceed()
        self.wake()

    async def _mind_broker(self, broker: BuiltinBroker) -> None:
        self.failure = error = await broker.died()
        self._settlement.leaving = True  # there is nobody left to settle with
        self._books.broker_gone(f"{error.what}: {error.why}")
        self.wake()
