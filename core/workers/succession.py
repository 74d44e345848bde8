"""What follows the end of a run: the next run, a wait for it, or rest."""

from dataclasses import replace
from typing import TypeAlias, assert_never

from core.workers.loss import Manner
from core.workers.messages import (
    Action,
    Exited,
    Removed,
    Rung,
    Say,
    Settle,
    Spawn,
    SpawnFailed,
)
from core.workers.phase import Stage, Then, Worker, three_parts
from core.workers.policy import Policy

Step: TypeAlias = tuple[Worker, tuple[Action, ...]]


def spawn(worker: Worker, now: float, policy: Policy, *, restart: bool, fresh: bool = True) -> Step:
    """Begin the next run. `restart`: it replaces an earlier one; `fresh` is that of `Spawn`."""
    starting = replace(
        worker,
        stage=Stage.STARTING,
        why="spawning",
        since=now,
        run=worker.run + 1,
        restarts=worker.restarts + restart,
        wake_at=now + policy.suspect_after_s,
        up_since=None,
        heard_at=now,
        start_error=None,
        rung=None,
        overdue=False,
        then=Then.STAY,
    )
    return starting, (Spawn(starting.run, fresh),)


def forgiven(worker: Worker) -> Worker:
    """Without its failures in a row: a person asked for the next run."""
    return replace(worker, quick_exits=0, backoff_tries=0)


def ended(worker: Worker, event: Exited | SpawnFailed, now: float, policy: Policy) -> Step:
    """What follows an end: the first row that fits. A run that had a process is settled first."""
    gone, how = _without_process(worker, now, policy), _how(worker, event)
    settle: tuple[Action, ...] = ()
    if isinstance(event, Exited):
        settle = (_settle(worker),)
        gone = replace(gone, exit=-event.signal if event.signal else event.code)
    if worker.stage is Stage.STOPPING or worker.then is Then.RESTART:
        after, actions = _as_asked(gone, how, now, policy)
    elif worker.start_error is not None and worker.start_error.final:
        after, actions = _rest(gone, Stage.FATAL, how)
    elif worker.replaced or worker.overdue:
        after, actions = spawn(gone, now, policy, restart=True, fresh=False)
    elif _is_clean(worker, event):
        after, actions = _rest(gone, Stage.EXITED, f"{how}, though nobody here asked")
    elif not policy.restart:
        after, actions = _rest(gone, Stage.CRASHED, how)
    elif gone.quick_exits >= policy.fatal_after:
        after, actions = _rest(
            gone, Stage.FATAL, f"{gone.quick_exits} ends in a row before it was ready; last: {how}"
        )
    elif isinstance(event, Exited) and event.killed_from_outside:
        after, actions = spawn(gone, now, policy, restart=True, fresh=False)
        actions = (Say(f"{how}; starts again at once"), *actions)
    else:
        after, actions = _back_off(gone, how, now, policy)
    return after, (*settle, *actions)


def _without_process(worker: Worker, now: float, policy: Policy) -> Worker:
    long_up = worker.up_since is not None and now - worker.up_since >= policy.reset_after_s
    return replace(
        worker,
        pid=None,
        task=None,
        wake_at=None,
        broker_error=None,
        leaving=None,
        replaced=False,
        quiet=False,
        quick_exits=worker.quick_exits + 1 if worker.up_since is None else 0,
        backoff_tries=0 if long_up else worker.backoff_tries,
    )


def _settle(worker: Worker) -> Settle:
    if worker.overdue and worker.task is not None:
        return Settle(worker.run, Manner.LIMIT, worker.task.limit_s)
    ours = worker.rung is Rung.COLD or worker.rung is Rung.KILL
    return Settle(worker.run, Manner.COLD if ours else Manner.LOST)


def _how(worker: Worker, event: Exited | SpawnFailed) -> str:
    if isinstance(event, SpawnFailed):
        return three_parts(event.error)
    if worker.start_error is not None:
        return three_parts(worker.start_error)
    # The words for a kill guess at who did it; here it was us.
    return worker.why if worker.forced else event.words


def _is_clean(worker: Worker, event: Exited | SpawnFailed) -> bool:
    """A worker that was up has left in order: somebody used `control.shutdown`, or a signal."""
    up = worker.up_since is not None and worker.start_error is None
    return up and isinstance(event, Exited) and event.in_order


def _as_asked(worker: Worker, how: str, now: float, policy: Policy) -> Step:
    match worker.then:
        case Then.STAY:
            return replace(worker, stage=Stage.EXITED, why=how), ()
        case Then.RESTART:
            return spawn(forgiven(worker), now, policy, restart=True)
        case Then.REMOVE:
            return replace(worker, stage=Stage.EXITED, why=how), (Removed(),)
        case _:
            assert_never(worker.then)


def _rest(worker: Worker, stage: Stage, why: str) -> Step:
    return replace(worker, stage=stage, why=why), (Say(f"{stage.value}: {why}"),)


def _back_off(worker: Worker, how: str, now: float, policy: Policy) -> Step:
    tries = worker.backoff_tries + 1
    wait_s = policy.backoff_s(tries)
    waiting = replace(
        worker, stage=Stage.BACKOFF, why=how, backoff_tries=tries, wake_at=now + wait_s
    )
    return waiting, (Say(f"crashed: {how}; try {tries} in {wait_s:g} s"),)
