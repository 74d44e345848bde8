"""The life of one worker: an event and the instant give its next state and what must be done.

Theory. A worker is a name; its processes are *runs*, one at a time. It is always in one `Stage`:

                 Spawn             ready                end, unasked
    STOPPED ───▶ STARTING ───────▶ UP ─────────────────▶ BACKOFF ───▶ STARTING …
                    │ StopAsked    │ StopAsked              │ StopAsked
                    └─▶ STOPPING ◀─┘                        └─▶ STOPPED
                            └── end ──▶ EXITED, or the next run, or Removed

EXITED, CRASHED and FATAL are rest, like STOPPED: only an ask leaves them. What the worker says of
itself (its task, its broker) changes what people see (`Worker.phase`), never who runs: that is
`core.workers.reports`.

Three tables decide. `_ASKS` says what an ask does in each stage. `ended`, in
`core.workers.succession`, says what follows an end; its rows are tried in order. `_woke` says what
the one deadline means in each stage: in BACKOFF the next try, in STOPPING the next `Rung` down (a
task is left to finish, broken off, killed), else the moment when silence becomes suspicious, or a
task has ignored its time limit.

Two laws hold for every list of actions. A run that ended gets exactly one `Settle`, before the
next `Spawn`: messages it held would else be lost, even when it left in good order. And whatever
bears another run's number is ignored.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from core.workers.messages import (
    Action,
    Asked,
    AskToStop,
    CameUp,
    Event,
    Exited,
    Heard,
    Kill,
    RemoveAsked,
    Removed,
    Reported,
    RestartAsked,
    Rung,
    Say,
    Slept,
    Spawned,
    SpawnFailed,
    StartAsked,
    StopAsked,
    WakeAt,
    Woke,
)
from core.workers.phase import Stage, Then, Worker
from core.workers.policy import DEFAULT, Policy
from core.workers.reports import heard, told, up
from core.workers.succession import Step, ended, forgiven, spawn


def step(worker: Worker, event: Event, now: float, policy: Policy = DEFAULT) -> Step:
    """Decide. `now` is monotonic seconds and never runs backwards."""
    after, actions = _rule(worker, event, now, policy)
    if after.phase is not worker.phase:
        after = replace(after, since=now)
    if after.wake_at is not None and after.wake_at != worker.wake_at:
        actions = (*actions, WakeAt(after.wake_at))
    return after, actions


def _rule(worker: Worker, event: Event, now: float, policy: Policy) -> Step:
    match event:
        case Reported() | CameUp() | Heard() | Spawned() | SpawnFailed() | Exited():
            ours = worker.alive and event.run == worker.run
            return _from_process(worker, event, now, policy) if ours else (worker, ())
        case StartAsked() | StopAsked() | RestartAsked() | RemoveAsked():
            return _ASKS[worker.stage][type(event)](worker, event, now, policy)
        case Woke():
            return _woke(worker, now, policy)
        case Slept():
            return _shifted(worker, event.gap_s), ()
        case _:
            assert_never(event)


# --- Asks: what a person, or the fleet's size, wants. ---


def _nothing(worker: Worker, _asked: Asked, _now: float, _policy: Policy) -> Step:
    return worker, ()


def _begin(worker: Worker, asked: Asked, now: float, policy: Policy) -> Step:
    """A person's start forgives: failures before it no longer count."""
    again = isinstance(asked, RestartAsked) or worker.stage is Stage.BACKOFF
    return spawn(forgiven(worker), now, policy, restart=again and worker.run > 0)


def _keep(worker: Worker, _asked: Asked, _now: float, _policy: Policy) -> Step:
    """It runs already; one that leaves by itself is started again."""
    return (worker if worker.leaving is None else replace(worker, then=Then.RESTART)), ()


def _give_up(worker: Worker, _asked: Asked, _now: float, _policy: Policy) -> Step:
    why = f"stopped before the next try; {worker.why}"
    return replace(worker, stage=Stage.STOPPED, why=why, wake_at=None), ()


def _forget(worker: Worker, _asked: Asked, _now: float, _policy: Policy) -> Step:
    return replace(worker, stage=Stage.STOPPED, why="removed", wake_at=None), (Removed(),)


def _end(worker: Worker, asked: Asked, now: float, policy: Policy) -> Step:
    """The first step down the stop ladder."""
    why = "restart asked" if isinstance(asked, RestartAsked) else "stop asked"
    stopping = replace(worker, stage=Stage.STOPPING, then=_THEN[type(asked)], quiet=False)
    stopping, actions = _down(replace(stopping, leaving=None), _rung(asked), why, now, policy)
    if isinstance(asked, RestartAsked) and asked.patient:
        stopping = replace(stopping, wake_at=None)
    return stopping, actions


def _redirect(worker: Worker, asked: Asked, now: float, policy: Policy) -> Step:
    """On its way down already: only what follows is changed, unless there is more hurry now."""
    worker = replace(worker, then=_THEN[type(asked)])
    if worker.rung is None or _rung(asked) <= worker.rung:
        patience_over = worker.wake_at is None and worker.then is not Then.RESTART
        if patience_over and worker.rung is Rung.WARM:
            return replace(worker, wake_at=now + policy.grace_s), ()
        return worker, ()
    return _down(worker, _rung(asked), _ON_REQUEST, now, policy)


def _insist(worker: Worker, asked: Asked, now: float, policy: Policy) -> Step:
    """Each further stop is a step down; but after a restart, a stop only takes the restart back."""
    if worker.then is Then.RESTART:
        return _redirect(worker, asked, now, policy)
    return _down(worker, max(_rung(asked), _below(worker, policy)), _ON_REQUEST, now, policy)


def _rung(asked: Asked) -> Rung:
    return asked.rung if isinstance(asked, StopAsked | RestartAsked) else Rung.WARM


def _below(worker: Worker, policy: Policy) -> Rung:
    return Rung.COLD if worker.rung is Rung.WARM and policy.breaks_off else Rung.KILL


def _down(worker: Worker, rung: Rung, why: str, now: float, policy: Policy) -> Step:
    """Come to this rung of the stop ladder; the deadline is when the next one follows."""
    wake_at = None if rung is Rung.KILL else now + _patience_s(worker, rung, policy)
    worker = replace(worker, rung=rung, why=why, wake_at=wake_at)
    return worker, _command(worker)


def _patience_s(worker: Worker, rung: Rung, policy: Policy) -> float:
    """How long a rung above the last is given."""
    return policy.grace_s if rung is Rung.WARM else worker.soft_s + policy.cold_s


def _command(worker: Worker) -> tuple[Action, ...]:
    """What a stopping process is told; one that does not exist yet is told when `Spawned`."""
    if worker.pid is None:
        return ()
    return (Kill() if worker.rung is Rung.KILL else AskToStop(cold=worker.rung is Rung.COLD),)


_ON_REQUEST: Final = "ended on request"
_THEN: Final[Mapping[type[Asked], Then]] = {
    StartAsked: Then.RESTART,
    StopAsked: Then.STAY,
    RestartAsked: Then.RESTART,
    RemoveAsked: Then.REMOVE,
}

_Ask: TypeAlias = Callable[[Worker, Asked, float, Policy], Step]


def _row(start: _Ask, stop: _Ask, restart: _Ask, remove: _Ask) -> Mapping[type[Asked], _Ask]:
    return {StartAsked: start, StopAsked: stop, RestartAsked: restart, RemoveAsked: remove}


_ASKS: Final[Mapping[Stage, Mapping[type[Asked], _Ask]]] = {
    #                    start      stop      restart    remove
    Stage.STOPPED: _row(_begin, _nothing, _begin, _forget),
    Stage.EXITED: _row(_begin, _nothing, _begin, _forget),
    Stage.CRASHED: _row(_begin, _nothing, _begin, _forget),
    Stage.FATAL: _row(_begin, _nothing, _begin, _forget),
    Stage.BACKOFF: _row(_begin, _give_up, _begin, _forget),
    Stage.STARTING: _row(_keep, _end, _end, _end),
    Stage.UP: _row(_keep, _end, _end, _end),
    Stage.STOPPING: _row(_redirect, _insist, _redirect, _redirect),
}


# --- The process. ---


def _from_process(
    worker: Worker,
    event: Reported | CameUp | Heard | Spawned | SpawnFailed | Exited,
    now: float,
    policy: Policy,
) -> Step:
    match event:
        case Reported():
            return told(worker, event.fact, now, policy)
        case CameUp():
            return up(worker, now, event.why), ()
        case Heard():
            return heard(worker, now, policy), ()
        case Spawned():
            worker = replace(worker, pid=event.pid)
            return worker, (_command(worker) if worker.stage is Stage.STOPPING else ())
        case SpawnFailed() | Exited():
            return ended(worker, event, now, policy)
        case _:
            assert_never(event)


# --- Time. ---


def _woke(worker: Worker, now: float, policy: Policy) -> Step:
    if worker.wake_at is None:
        return worker, ()
    if now < worker.wake_at:
        return worker, (WakeAt(worker.wake_at),)
    if worker.stage is Stage.BACKOFF:
        return spawn(worker, now, policy, restart=True)
    if worker.stage is Stage.STOPPING:
        return _not_gone(worker, now, policy)
    if worker.stage is Stage.UP and worker.task is None:
        return replace(worker, wake_at=None), ()  # idle workers may be silent
    overdue_at = worker.task and worker.task.overdue_at
    if overdue_at is not None and now >= overdue_at and worker.pid is not None:
        return _overrun(worker)
    silent_at = worker.heard_at + policy.suspect_after_s
    nexts = [at for at in (silent_at, overdue_at) if at is not None and now < at]
    return replace(worker, wake_at=min(nexts, default=None), quiet=now >= silent_at), ()


def _not_gone(worker: Worker, now: float, policy: Policy) -> Step:
    rung = _below(worker, policy)
    done = "killed" if rung is Rung.KILL else "its task is broken off"
    wait_s = _patience_s(worker, worker.rung or Rung.WARM, policy)
    worker, command = _down(worker, rung, f"not gone after {wait_s:g} s: {done}", now, policy)
    return worker, (Say(worker.why), *command)


def _overrun(worker: Worker) -> Step:
    """The hard limit is the worker's own business; here it cannot keep it (C code, a held GIL)."""
    assert worker.task is not None
    why = f"{worker.task.name} ignored its time limit of {worker.task.limit_s:g} s: killed"
    return replace(worker, overdue=True, why=why, wake_at=None), (Say(why), Kill())


def _shifted(worker: Worker, gap_s: float) -> Worker:
    """Nothing of what was due happened during the gap, so nothing is late because of it."""

    def later(at: float | None) -> float | None:
        return None if at is None else at + gap_s

    return replace(
        worker,
        since=worker.since + gap_s,
        task=worker.task
        and replace(
            worker.task,
            since=worker.task.since + gap_s,
            overdue_at=later(worker.task.overdue_at),
        ),
        wake_at=later(worker.wake_at),
        up_since=later(worker.up_since),
        heard_at=worker.heard_at + gap_s,
    )
