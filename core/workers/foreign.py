"""A worker that Solofleet did not start, as far as it shows through the broker.

Theory. Its events say what each task did, and get lost: their channel on Redis has no memory, and
is closed on who listens too slowly. Its heartbeats say how many tasks it has begun since its start,
and get lost without harm, for the next one says it again. So each heartbeat is held against the
starts that were heard of, up to the instant when it was sent (`Digest.by_beat`, by the worker's own
clock), once the next one is there: by then events that it had overtaken have come too. What the
first such look finds missing was before our time (`before`). What later looks find missing, two
times in a row, was missed: a heartbeat of a thread of its own may be one task ahead of the events.

A worker without -E sends heartbeats alone. It is known by tasks that its heartbeats count and no
event tells of; nothing of those is missed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

LATE_BEATS: Final = 3
"""A worker that has left out so many heartbeats is late. Celery's own State takes two."""
OFFLINE_S: Final = 120.0
USUAL_S: Final = 2.0
"""Between two heartbeats, where a worker does not say."""


class Presence(StrEnum):
    """Whether a worker is there. LATE: it may be busy; on Linux a solo worker is silent then."""

    ONLINE = "online"
    LATE = "late"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Beat:
    """A worker is up. Since its start it has begun `processed` tasks, of which `active` run.

    Failed runs, and each run of a retried task, count (`celery/worker/state.py`,
    `all_total_count`). None: not said, as in the answer to a broadcast. The next one comes after
    `every_s`. `at` is in Unix seconds by the worker's clock.
    """

    at: float
    celery: str | None
    active: int | None
    processed: int | None
    every_s: float | None = None


@dataclass(frozen=True, slots=True)
class TaskNow:
    """A task that runs, since `at` in Unix seconds by the worker's clock. Names may be unknown."""

    id: str
    name: str
    at: float


@dataclass(frozen=True, slots=True)
class TaskThen:
    """A run that ended: succeeded, failed, retried, revoked or rejected."""

    id: str
    name: str
    at: float
    how: str
    runtime_s: float | None


@dataclass(frozen=True, slots=True)
class Digest:
    """What was heard of one process of a worker so far; `inside/digest.py` counts it.

    `received` and `retried` count each time, not each task. `now` are the longest-running of the
    `running` tasks, `last` the last runs to end, oldest first.
    """

    received: int = 0
    started: int = 0
    succeeded: int = 0
    failed: int = 0
    retried: int = 0
    revoked: int = 0
    rejected: int = 0
    by_beat: int = 0
    unended: int = 0
    running: int = 0
    now: tuple[TaskNow, ...] = ()
    last: tuple[TaskThen, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no event of a task was heard."""
        ended = self.succeeded + self.failed + self.retried + self.revoked + self.rejected
        return not (self.received or self.started or ended)


@dataclass(frozen=True, slots=True)
class Foreign:
    """One process of a worker of others. Instants are our monotonic seconds.

    `since` it is heard, its last sign of life was at `heard_at`; `left`: it said that it goes.
    `events`: whether it sends events of tasks; None until it has done a task. Without them the
    counts of `digest` are zero, and `processed` and `active` of its last heartbeat are all there
    is. `before`, `short` and `unheard` are what `missed` comes from.
    """

    name: str
    pid: int
    since: float
    heard_at: float
    presence: Presence = Presence.ONLINE
    celery: str | None = None
    every_s: float = USUAL_S
    processed: int | None = None
    active: int | None = None
    digest: Digest = Digest()
    events: bool | None = None
    before: int | None = None
    short: int = 0
    unheard: int = 0
    left: bool = False

    @property
    def host(self) -> str:
        """The part of its name behind the @."""
        return self.name.partition("@")[2]

    @property
    def missed(self) -> int:
        """How many events were not heard that it must have sent, of starts and ends of tasks."""
        return self.unheard + self.digest.unended

    def evidence(self, now: float) -> str:
        """Why its presence is what it is."""
        silence = f"silent for {max(0, now - self.heard_at):.0f} s"
        match self.presence:
            case Presence.ONLINE:
                return f"pid {self.pid}, Celery {self.celery or 'unknown'}"
            case Presence.LATE:
                return f"{silence}; on Linux a solo worker is while it is busy"
            case Presence.OFFLINE:
                return "it said that it leaves" if self.left else silence


def with_beat(worker: Foreign, beat: Beat, now: float) -> Foreign:
    """Take in a heartbeat, and look at the one before it again."""
    worker = replace(
        worker,
        heard_at=now,
        presence=Presence.ONLINE,
        left=False,
        celery=beat.celery or worker.celery,
        every_s=beat.every_s or worker.every_s,
    )
    if beat.processed is None or beat.active is None:
        return worker
    if worker.processed is not None:
        worker = _compared(worker, worker.processed)
    return replace(worker, processed=beat.processed, active=beat.active)


def with_digest(worker: Foreign, digest: Digest, now: float) -> Foreign:
    """Take in the counts of its events."""
    if digest == worker.digest:  # as before each heartbeat of an idle worker
        return worker
    return replace(worker, heard_at=now, presence=Presence.ONLINE, digest=digest)


def with_offline(worker: Foreign, now: float) -> Foreign:
    """It ends its connection to the broker: it goes, or comes back."""
    return replace(worker, heard_at=now, presence=Presence.OFFLINE, left=True)


def aged(worker: Foreign, now: float) -> Foreign:
    """What its silence means."""
    silence = now - worker.heard_at
    if worker.presence is Presence.OFFLINE or silence <= LATE_BEATS * worker.every_s:
        return worker
    presence = Presence.OFFLINE if silence >= OFFLINE_S else Presence.LATE
    return replace(worker, presence=presence)


def _compared(worker: Foreign, processed: int) -> Foreign:
    short = processed - worker.digest.by_beat
    if worker.digest.is_empty:
        without_events = worker.before is not None and short > worker.before
        return replace(worker, before=short, events=False if without_events else worker.events)
    if not worker.events and (worker.before is None or worker.events is False):
        return replace(worker, before=short, events=True)  # the first look, or -E came later
    assert worker.before is not None  # else this was the first look
    short -= worker.before
    return replace(worker, events=True, short=short, unheard=max(0, min(short, worker.short)))
