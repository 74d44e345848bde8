"""What a worker, or the bridge in its stead, can say: the closed union `Fact`.

Every fact has `at`, the speaker's wall clock in Unix seconds. Two facts of one worker may be
compared by it; facts of two workers, or a fact with our own clock, may not.

Texts are bounded (see `core.tasks.telemetry`). `tag`, `headers` and `embed` of `Received` are
what settlement needs (DESIGN decision 10b): the delivery tag, the request's headers and the
body's third part (callbacks, errbacks, chain, chord; Celery's message protocol 2,
https://docs.celeryq.dev/en/stable/internals/protocol.html), and the `body` itself where the task
is sent again when its worker is lost. They are kept as JSON gave them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Hello:
    """The launcher runs: who it is, and the versions beside it (None: not installed).

    `queues` is None when the app decides.
    """

    at: float
    pid: int
    python: str
    celery: str | None
    kombu: str | None
    redis: str | None
    node: str
    queues: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Importing:
    """The user's app is being imported."""

    at: float


@dataclass(frozen=True, slots=True)
class Connecting:
    """The app is imported; the broker (its URL masked) comes next.

    `tasks` counts the registered tasks, `loop` is Celery's event loop: "hub" or "windows".
    `concurrency_asked` and `pool_asked` are what the project's settings ask for, which solo does
    not give. `soft_shutdown_s` is worker_soft_shutdown_timeout.
    """

    at: float
    tasks: int
    queues: tuple[str, ...]
    broker: str
    loop: str
    concurrency_asked: int | None
    pool_asked: str | None = None
    soft_shutdown_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker listens to its queues."""

    at: float


@dataclass(frozen=True, slots=True)
class Received:
    """A message has reached the worker; it runs later, or at `eta` (ISO 8601)."""

    at: float
    id: str
    name: str
    args: str
    kwargs: str
    queue: str | None
    eta: str | None
    expires: str | None
    retries: int
    tag: str | int | None
    redelivered: bool
    headers: Mapping[str, object]
    embed: Mapping[str, object]
    acks_late: bool
    body: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The task's own code begins. `limit_s` is its hard time limit."""

    at: float
    id: str
    name: str
    limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The task returned. `ignored`: it raised Celery's Ignore. Memory in bytes."""

    at: float
    id: str
    name: str
    runtime_s: float | None
    result: str | None
    rss_before: int | None
    rss_after: int | None
    ignored: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The task raised. Memory in bytes."""

    at: float
    id: str
    name: str
    runtime_s: float | None
    exception: str
    rss_before: int | None
    rss_after: int | None


@dataclass(frozen=True, slots=True)
class Retried:
    """The task asked to run again: not final, the same id is received again later.

    `eta` is ISO 8601, or "in 180 s" when the task gave a countdown.
    """

    at: float
    id: str
    name: str
    exception: str
    eta: str | None


@dataclass(frozen=True, slots=True)
class Revoked:
    """The task was taken back: terminated while it ran, expired, or skipped."""

    at: float
    id: str
    name: str
    terminated: bool
    expired: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    """The task raised Celery's Reject: back to its queue (`requeue`), or dropped."""

    at: float
    id: str
    name: str
    requeue: bool


@dataclass(frozen=True, slots=True)
class BrokerLost:
    """The worker's connection to the broker broke; Celery tries again by itself."""

    at: float
    error: str


@dataclass(frozen=True, slots=True)
class BrokerBack:
    """The worker is connected again."""

    at: float


@dataclass(frozen=True, slots=True)
class Stopping:
    """The worker finishes what it runs, then leaves. `how` says who asked.

    `replace`: a fresh process is to take its place, as prefork replaces a child.
    """

    at: float
    how: str
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Revoking:
    """A remote control command told the worker what is not to run.

    `stamps` are lists of values by the name of a stamped header.
    """

    at: float
    ids: tuple[str, ...]
    stamps: Mapping[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Bye:
    """The last line of an orderly end."""

    at: float


@dataclass(frozen=True, slots=True)
class StartFailed:
    """The worker cannot start, in the three parts of a `FleetError`.

    `final`: trying again cannot help (no such app, refused as root), as opposed to code that
    the user may be mending right now.
    """

    at: float
    what: str
    why: str
    fix: str
    final: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for people."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What the bridge did with a message that a dead worker had held.

    `exception` is the error; of a task that succeeded, what it returned.
    """

    at: float
    id: str
    name: str
    state: Literal["failed", "requeued", "succeeded", "lost"]
    exception: str | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A kind of a later version: proof of life, nothing else."""

    at: float
    kind: str


TaskFact: TypeAlias = (
    Received | Started | Succeeded | Failed | Retried | Revoked | Rejected | Settled
)
WorkerFact: TypeAlias = (
    Hello
    | Importing
    | Connecting
    | Ready
    | BrokerLost
    | BrokerBack
    | Stopping
    | Revoking
    | Bye
    | StartFailed
    | Note
    | Unknown
)
Fact: TypeAlias = TaskFact | WorkerFact
