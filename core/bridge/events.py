"""A line of `inside/events.py` becomes what was heard, or is refused with its text.

Task events have the fields of telemetry, so they become the same facts. Celery's own words for
all of them: https://docs.celeryq.dev/en/stable/userguide/monitoring.html#event-reference.
"""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from core.errors import UNAVAILABLE, FleetError
from core.tasks import fields, telemetry
from core.tasks.facts import TaskFact
from core.tasks.fields import Message
from core.workers.foreign import Beat, Digest, TaskNow, TaskThen


@dataclass(frozen=True, slots=True)
class Listening:
    """Events are heard from now on. `python` is the version of the user's interpreter."""

    python: str


@dataclass(frozen=True, slots=True)
class Deaf:
    """The broker went, or is not there yet; what is sent meanwhile is not heard."""

    error: str


@dataclass(frozen=True, slots=True)
class Refused:
    """There will be no events: the app cannot be imported, or leads to another broker."""

    error: FleetError


@dataclass(frozen=True, slots=True)
class Offline:
    """A worker's connection to the broker ends; it comes back, or goes."""

    at: float


@dataclass(frozen=True, slots=True)
class WorkerEvent:
    """What one process of a worker told. Its names may belong to somebody else's workers."""

    node: str
    pid: int
    what: Beat | Digest | Offline | TaskFact


Heard: TypeAlias = Listening | Deaf | Refused | WorkerEvent


def decode(line: bytes) -> Heard:
    """Read one line. Raises `NotTelemetry`."""
    return telemetry.read(line, _heard)


def _heard(m: Message) -> Heard:
    match m.get("kind"):
        case "ready" | "back":
            return Listening(fields.text(m, "python"))
        case "lost":
            return Deaf(fields.text(m, "error"))
        case "error":
            what, why, fix = (fields.text(m, key) for key in ("what", "why", "fix"))
            return Refused(FleetError(what, why, fix, exit_code=UNAVAILABLE))
        case "worker-online" | "worker-heartbeat":
            return _from_worker(m, _beat(m))
        case "digest":
            return _from_worker(m, _digest(m))
        case "worker-offline":
            return _from_worker(m, Offline(fields.number(m, "t")))
        case str(kind) if kind in _TASK_KINDS:
            fact = telemetry.fact({**_NOT_ALWAYS_SAID, **m, "kind": kind.removeprefix("task-")})
            return _from_worker(m, cast("TaskFact", fact))  # by its kind it is none other
        case kind:
            raise ValueError(f"kind is {kind!r:.50}, which is none of an event")


_TASK_KINDS: Final = frozenset(
    f"task-{kind}"
    for kind in ("received", "started", "succeeded", "failed", "retried", "revoked", "rejected")
)
_NOT_ALWAYS_SAID: Final = {"args": "", "kwargs": "", "retries": 0}


def _beat(m: Message) -> Beat:
    return Beat(
        at=fields.number(m, "t"),
        celery=fields.text_or_none(m, "celery"),
        active=fields.integer_or_none(m, "active"),
        processed=fields.integer_or_none(m, "processed"),
        every_s=fields.number_or_none(m, "freq"),
    )


def _digest(m: Message) -> Digest:
    return Digest(
        **{key: fields.integer(m, key) for key in _COUNTS},
        now=tuple(TaskNow(**_task(task)) for task in fields.objects(m, "now")),
        last=tuple(
            TaskThen(
                **_task(task),
                how=fields.text(task, "how"),
                runtime_s=fields.number_or_none(task, "runtime"),
            )
            for task in fields.objects(m, "last")
        ),
    )


def _task(m: Message) -> dict[str, Any]:
    return {
        "id": fields.whole(m, "id"),
        "name": fields.name(m, "name"),
        "at": fields.number(m, "t"),
    }


_COUNTS: Final = (
    *("received", "started", "succeeded", "failed", "retried", "revoked", "rejected"),
    *("by_beat", "unended", "running"),
)


def _from_worker(m: Message, what: Beat | Digest | Offline | TaskFact) -> WorkerEvent:
    return WorkerEvent(fields.whole(m, "node"), fields.integer(m, "pid"), what)
