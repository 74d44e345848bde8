"""What a worker says of itself, taken into what we know of it.

It never decides: no report starts, stops or kills anything. A worker that is being stopped is
believed about its task only; the stop is ours.
"""

from dataclasses import replace
from typing import TypeAlias, assert_never

from core.tasks.facts import (
    BrokerBack,
    BrokerLost,
    Bye,
    Connecting,
    Fact,
    Failed,
    Hello,
    Importing,
    Note,
    Ready,
    Received,
    Rejected,
    Retried,
    Revoked,
    Revoking,
    Settled,
    Started,
    StartFailed,
    Stopping,
    Succeeded,
    Unknown,
    WorkerFact,
)
from core.workers.messages import Say
from core.workers.phase import RunningTask, Stage, Worker, three_parts
from core.workers.policy import Policy

Told: TypeAlias = tuple[Worker, tuple[Say, ...]]


def heard(worker: Worker, now: float, policy: Policy) -> Worker:
    """Any sign of life. `heard_at` is kept to the second: there may be thousands a second."""
    if worker.quiet:
        return replace(worker, quiet=False, heard_at=now, wake_at=now + policy.suspect_after_s)
    return replace(worker, heard_at=now) if now - worker.heard_at >= 1.0 else worker


def told(worker: Worker, fact: Fact, now: float, policy: Policy) -> Told:
    """Take in one fact of the present run."""
    worker = heard(worker, now, policy)
    match fact:
        case Started():
            return _begins(worker, fact, now, policy), ()
        case Succeeded() | Failed() | Retried() | Revoked() | Rejected() | Settled():
            return _ends(worker, fact.id, now), ()
        case Received():
            return worker, ()
        case Note():
            return worker, (Say(fact.text),)
        case _:
            return (worker, ()) if worker.stage is Stage.STOPPING else _of_itself(worker, fact, now)


def _begins(worker: Worker, fact: Started, now: float, policy: Policy) -> Worker:
    overdue_at = None if fact.limit_s is None else now + fact.limit_s + policy.overdue_s
    task = RunningTask(fact.id, fact.name, now, fact.limit_s, overdue_at)
    worker = replace(up(worker, now), task=task)
    if worker.stage is Stage.STOPPING:
        return worker  # its deadline is that of the stop
    instants = (worker.wake_at, overdue_at, now + policy.suspect_after_s)
    return replace(worker, wake_at=min(at for at in instants if at is not None))


def _ends(worker: Worker, task_id: str, now: float) -> Worker:
    worker = up(worker, now)
    ours = worker.task is not None and worker.task.id == task_id
    return replace(worker, task=None) if ours else worker


def up(worker: Worker, now: float, why: str = "waits for tasks") -> Worker:
    """It is ready, and no longer on its way."""
    if worker.stage is not Stage.STARTING:
        return worker
    return replace(worker, stage=Stage.UP, up_since=now, broker_error=None, why=why)


def _of_itself(worker: Worker, fact: WorkerFact, now: float) -> Told:
    match fact:
        case Hello():
            # On Windows a venv's python.exe only starts the true interpreter: this pid is the
            # one that Celery, and a task manager sorted by memory, will show.
            why = f"Python {fact.python}, Celery {fact.celery or 'missing'}"
            return replace(worker, pid=worker.pid and fact.pid, why=why), ()
        case Importing():
            return replace(worker, why="importing the app"), ()
        case Connecting():
            why = f"connecting to {fact.broker}, {fact.tasks} tasks registered"
            return replace(worker, why=why, soft_s=fact.soft_shutdown_s, queues=fact.queues), ()
        case Ready():
            return up(worker, now), ()
        case BrokerLost():
            again = worker.broker_error is not None  # a server that ends may let it in once more
            says = () if again else (Say(f"broker lost: {fact.error}"),)
            return replace(worker, broker_error=fact.error), says
        case BrokerBack():
            return replace(worker, broker_error=None), (Say("broker back"),)
        case Stopping():
            return replace(worker, leaving=fact.how, replaced=fact.replace), ()
        case StartFailed():
            return replace(worker, start_error=fact, why=three_parts(fact)), ()  # its end says it
        case Note() | Revoking() | Bye() | Unknown():
            return worker, ()
        case _:
            assert_never(fact)
