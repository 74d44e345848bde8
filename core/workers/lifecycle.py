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
the one deadline means in each stage: in BACKOFF the next try, in STOPPING the kill, else the moment
when silence becomes suspicious.

Two laws hold for every list of actions. A run that ended gets exactly one `Settle`, before the
next `Spawn`: messages it held would else be lost, even when it left in good order. And whatever
bears another run's number is ignored.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from core.workers.messages import (
    Asked,
    AskToStop,
    Event,
    Exited,
    Heard,
    Kill,
    RemoveAsked,
    Removed,
    Reported,
    RestartAsked,
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
from core.workers.reports import heard, told
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
        case Reported() | Heard() | Spawned() | SpawnFailed() | Exited():
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
    """The stop ladder's first step. A worker without a process yet takes it when `Spawned`."""
    stopping = replace(
        worker,
        stage=Stage.STOPPING,
        why="restart asked" if isinstance(asked, RestartAsked) else "stop asked",
        then=_THEN[type(asked)],
        wake_at=now + policy.grace_s,
        leaving=None,
        quiet=False,
    )
    return _force(stopping, _ON_REQUEST) if _at_once(asked) else _ask_to_stop(stopping)


def _redirect(worker: Worker, asked: Asked, _now: float, _policy: Policy) -> Step:
    """On its way down already: only what follows is changed."""
    worker = replace(worker, then=_THEN[type(asked)])
    return _force(worker, _ON_REQUEST) if _at_once(asked) else (worker, ())


def _insist(worker: Worker, asked: Asked, _now: float, _policy: Policy) -> Step:
    """A second stop means now; but after a restart, a stop only takes the restart back."""
    if worker.then is Then.RESTART:
        worker = replace(worker, then=Then.STAY)
        return _force(worker, _ON_REQUEST) if _at_once(asked) else (worker, ())
    return _force(worker, _ON_REQUEST)


def _at_once(asked: Asked) -> bool:
    return isinstance(asked, StopAsked | RestartAsked) and asked.now


def _ask_to_stop(worker: Worker) -> Step:
    return worker, ((AskToStop(),) if worker.pid is not None else ())


def _force(worker: Worker, why: str) -> Step:
    """The ladder's last step. A process that does not exist yet is killed when `Spawned`."""
    forced = replace(worker, forced=True, why=why, wake_at=None)
    return forced, ((Kill(),) if worker.pid is not None else ())


_ON_REQUEST: Final = "killed on request"
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
    event: Reported | Heard | Spawned | SpawnFailed | Exited,
    now: float,
    policy: Policy,
) -> Step:
    match event:
        case Reported():
            return told(worker, event.fact, now, policy)
        case Heard():
            return heard(worker, now, policy), ()
        case Spawned():
            worker = replace(worker, pid=event.pid)
            if worker.stage is not Stage.STOPPING:
                return worker, ()
            return _force(worker, worker.why) if worker.forced else _ask_to_stop(worker)
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
        forced, kill = _force(worker, f"not gone after {policy.grace_s:g} s: killed")
        return forced, (Say(forced.why), *kill)
    if worker.stage is Stage.UP and worker.task is None:
        return replace(worker, wake_at=None), ()  # idle workers may be silent
    due = worker.heard_at + policy.suspect_after_s
    return replace(worker, wake_at=due if now < due else None, quiet=now >= due), ()


def _shifted(worker: Worker, gap_s: float) -> Worker:
    """Nothing of what was due happened during the gap, so nothing is late because of it."""

    def later(at: float | None) -> float | None:
        return None if at is None else at + gap_s

    return replace(
        worker,
        since=worker.since + gap_s,
        task=worker.task and replace(worker.task, since=worker.task.since + gap_s),
        wake_at=later(worker.wake_at),
        up_since=later(worker.up_since),
        heard_at=worker.heard_at + gap_s,
    )
