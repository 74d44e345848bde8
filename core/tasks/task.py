"""What is known of one task, as others may hold it: frozen, and free of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

State: TypeAlias = Literal[
    "sent", "received", "started", "succeeded", "failed", "retried", "revoked", "lost"
]
"""Celery's words. `sent` and `retried` wait in a queue, `received` waits inside a worker."""

FINAL: Final[frozenset[State]] = frozenset({"succeeded", "failed", "revoked", "lost"})
"""`lost` is final for want of news only: a report of the task itself overrules it."""


@dataclass(frozen=True, slots=True)
class TaskChanged:
    """A task has a new state, or is with another worker. `worker` is None while nobody has it."""

    id: str
    name: str
    worker: str | None
    state: State
    runtime_s: float | None
    result: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """A message that a run had when it ended, with what settlement needs.

    `running`: the task's code had begun. `tag` is None when the run never told it. `body` is there
    when the task is sent again once its worker is lost (retry_on_worker_lost).
    """

    id: str
    name: str
    tag: str | int | None
    headers: Mapping[str, object]
    embed: Mapping[str, object]
    acks_late: bool
    running: bool
    body: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """An execution that did not end its task: it was to be `retried`, or `sent` to a worker again.

    Instants are our monotonic seconds. `received_at` and `started_at` are None when it did not come
    that far; `error` is what the retry was for, None when the message was put back.
    """

    worker: str
    received_at: float | None
    started_at: float | None
    ended_at: float
    state: State
    error: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """One task. Instants are our monotonic seconds, memory is in bytes.

    `ours`: we sent it. `runs` counts the starts of its code, `retries` the retries asked by it;
    `duplicate`: it was started again after its final state. `orphaned_at`: since then its run is
    gone and it waits to be settled. `args` and `kwargs` are Celery's reprs, empty until a worker
    received it. `attempts` are the newest of those before the one that `received_at` and
    `started_at` tell of, oldest first; either of these is an old one's until there is news.
    """

    id: str
    name: str
    state: State
    worker: str | None
    ours: bool
    args: str
    kwargs: str
    queue: str | None
    eta: str | None
    expires: str | None
    retries: int
    runs: int
    duplicate: bool
    seen_at: float
    received_at: float | None
    started_at: float | None
    ended_at: float | None
    orphaned_at: float | None
    runtime_s: float | None
    result: str | None
    error: str | None
    rss_before: int | None
    rss_after: int | None
    attempts: tuple[Attempt, ...] = ()
