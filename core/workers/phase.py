"""One worker as the supervisor sees it: facts kept, the words for people derived from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from math import ceil

from core.errors import FleetError
from core.tasks.facts import StartFailed
from core.workers.messages import Rung


class Phase(StrEnum):
    """The supervisor's word for a worker; its value is what people and `--json` see."""

    STOPPED = "stopped"
    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    SUSPECT = "suspect"
    BROKER_LOST = "broker-lost"
    STOPPING = "stopping"
    BACKOFF = "backoff"
    EXITED = "exited"
    CRASHED = "crashed"
    FATAL = "fatal"


class Stage(Enum):
    """What we do about a worker. Only STARTING, UP and STOPPING have a process, or are getting one.

    `Phase` is finer: it also tells what the worker says of itself while it is STARTING or UP.
    """

    STOPPED = Phase.STOPPED
    STARTING = Phase.STARTING
    UP = Phase.READY
    STOPPING = Phase.STOPPING
    BACKOFF = Phase.BACKOFF
    EXITED = Phase.EXITED
    CRASHED = Phase.CRASHED
    FATAL = Phase.FATAL


class Then(Enum):
    """What follows when a worker that was asked to stop is gone."""

    STAY = "stay"
    RESTART = "restart"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class RunningTask:
    """The task whose code runs now. Instants in monotonic seconds.

    `limit_s` is its hard time limit, `overdue_at` when we no longer trust its worker to keep it.
    """

    id: str
    name: str
    since: float
    limit_s: float | None = None
    overdue_at: float | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker over all its runs. Instants are monotonic seconds.

    `run` counts spawns, from 1; `restarts` counts those that replaced an earlier run. `why` is the
    last thing known about the stage. `quick_exits` are the ends in a row before the worker was
    up, `backoff_tries` the crashes in a row since it was last up for long. `up_since` is None until
    this run was ready. `leaving` is set when the worker says that it stops though we did not ask,
    and `replaced` when it wants a successor; `quiet` when it owes us a sign of life. `rung` is how
    far a stop has come, None when there is none, and `soft_s` the app's own
    worker_soft_shutdown_timeout; `overdue`: killed, because its task ignored a time limit. `queues`
    are those it takes from, none as long as it has not said so. `exit` is how the last run to end
    did: its code, or -N for signal N.
    """

    name: str
    stage: Stage = Stage.STOPPED
    why: str = "not started yet"
    since: float = 0.0
    run: int = 0
    pid: int | None = None
    task: RunningTask | None = None
    exit: int | None = None
    restarts: int = 0
    quick_exits: int = 0
    backoff_tries: int = 0
    wake_at: float | None = None
    up_since: float | None = None
    heard_at: float = 0.0
    start_error: StartFailed | None = None
    broker_error: str | None = None
    leaving: str | None = None
    replaced: bool = False
    quiet: bool = False
    rung: Rung | None = None
    overdue: bool = False
    soft_s: float = 0.0
    queues: tuple[str, ...] = ()
    then: Then = Then.STAY

    @property
    def alive(self) -> bool:
        """Whether there is a process, or one is being spawned."""
        return self.stage in (Stage.STARTING, Stage.UP, Stage.STOPPING)

    @property
    def forced(self) -> bool:
        """Whether we killed it."""
        return self.rung is Rung.KILL or self.overdue

    @property
    def phase(self) -> Phase:
        """The one word. A worker with a task is busy even when its broker is lost."""
        if self.stage is Stage.STARTING or self.stage is Stage.UP:
            if self.leaving is not None:
                return Phase.STOPPING
            if self.quiet:
                return Phase.SUSPECT
            if self.task is not None:
                return Phase.BUSY
            if self.broker_error is not None:
                return Phase.BROKER_LOST
        return self.stage.value

    @property
    def evidence(self) -> str:
        """Why the phase is what it is; its age is `now - since`."""
        running = f"runs {self.task.name}" if self.task else self.why
        lost = f"broker lost: {self.broker_error}" if self.broker_error else ""
        match self.phase:
            case Phase.SUSPECT:
                return f"no output, no telemetry; last known: {running}"
            case Phase.BUSY:
                return f"{running}; {lost}" if lost else running
            case Phase.BROKER_LOST:
                return lost
            case Phase.STOPPING if self.leaving is not None:
                return f"{'is replaced' if self.replaced else 'stops by itself'}: {self.leaving}"
            case _:
                return self.why


def describe(worker: Worker, now: float) -> str:
    """The evidence as a person wants it at this moment, with what comes next and when."""
    match worker.phase:
        case Phase.STOPPING:
            return _stopping(worker, now)
        case Phase.BACKOFF:
            return f"try {worker.backoff_tries} in {_until(worker.wake_at, now)}: {worker.why}"
        case Phase.BUSY if worker.task is not None:
            return f"{worker.evidence}, {_age(worker.task.since, now)}"
        case Phase.STARTING | Phase.SUSPECT | Phase.BROKER_LOST:
            return f"{worker.evidence}, {_age(worker.since, now)}"
        case _:
            return worker.evidence


def unread(queue: str, workers: Iterable[Worker]) -> bool:
    """Whether workers run and none of them takes from this queue, as far as all have said."""
    running = [worker for worker in workers if worker.alive]
    return bool(running) and all(each.queues and queue not in each.queues for each in running)


def three_parts(error: FleetError | StartFailed) -> str:
    """What failed, why, and what to do, in one line."""
    return f"{error.what}: {error.why}. {error.fix}"


def _stopping(worker: Worker, now: float) -> str:
    if worker.task is not None:
        doing = "breaking off" if worker.rung is Rung.COLD else "finishing"
        words = f"{doing} {worker.task.name}, {_age(worker.task.since, now)}"
    else:
        words = f"{worker.evidence}, {_age(worker.since, now)}"
    if worker.forced:
        words += "; killed, not gone yet"
    elif worker.stage is Stage.STOPPING and worker.wake_at is not None:
        words += f"; force in {_until(worker.wake_at, now)}"
    return words + ("; then it starts again" if worker.then is Then.RESTART else "")


def _age(since: float, now: float) -> str:
    return f"{max(0, int(now - since))} s"


def _until(at: float | None, now: float) -> str:
    return f"{max(0, ceil((now if at is None else at) - now))} s"
