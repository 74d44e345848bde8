"""Revokes tasks, and finds out what each was doing before and what became of it."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from core.bridge.calls import Calls, Whereabouts
from core.bridge.roll_call import Roll, call_roll

Was = Literal["running", "reserved", "scheduled", "waiting", "held", "ended", "unknown"]
"""`reserved`: a worker has it and runs another first. `scheduled`: a worker has it until its time
comes. `held`: it is with a worker that does not answer."""

Became = Literal["terminated", "runs on", "revoked", "unheard", "ended", "unknown"]
"""`revoked`: it is skipped when its turn comes. `unheard`: no worker that could run it said that it
knows of it. `ended`: it had ended before, or came to its own end."""

END_S: Final = 5.0
POLL_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Fate:
    """One task. `worker` has it; `for_s` is how long it had been running; `state` is the final
    state of one that had ended, as the result backend has it.
    """

    id: str
    was: Was
    became: Became
    name: str | None = None
    worker: str | None = None
    for_s: float | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Revoked:
    """What became of each, in the order asked, and which workers answered at all."""

    tasks: tuple[Fate, ...]
    workers: tuple[str, ...]


async def revoke(
    calls: Calls,
    ids: Sequence[str],
    *,
    terminate: bool,
    signal: str = "SIGTERM",
    timeout_s: float = END_S,
    poll_s: float = POLL_S,
) -> Revoked:
    """Tell all workers to skip these tasks, and with `terminate` to end those that run.

    A task that is being ended is watched for `timeout_s`. Raises FleetError.
    """
    roll = await call_roll(calls, ("query_task", "scheduled"), ids=ids)
    queues = (await calls.survey())["queues"]
    where = await calls.whereabouts(ids, [queue["name"] for queue in queues])
    before = [_before(task_id, roll, where, time.time()) for task_id in ids]
    await calls.revoke(ids, terminate=terminate, signal=signal)
    nodes = tuple(roll.replies)
    heard = await call_roll(calls, ("revoked",), nodes=nodes) if nodes else roll
    after = tuple(_after(fate, heard) for fate in before)
    if terminate:
        after = await _watch(calls, after, nodes, timeout_s, poll_s)
    return Revoked(after, nodes)


def _before(task_id: str, roll: Roll, where: Whereabouts, now: float) -> Fate:
    for node, found in roll.answers("query_task").items():
        if task_id in found:
            state, info = found[task_id]
            if state in ("active", "reserved", "scheduled"):
                return _with_worker(task_id, _WAS[state], node, info, now)
    for node, entries in roll.answers("scheduled").items():  # Celery < 5.7 tells of them only here
        for entry in entries:
            if entry["request"]["id"] == task_id:
                return _with_worker(task_id, "scheduled", node, entry["request"], now)
    if task_id in where.waiting:
        return Fate(task_id, "waiting", "unheard")
    if task_id in where.out:
        return Fate(task_id, "held", "unheard")
    if (result := where.ended.get(task_id)) is not None:
        return Fate(task_id, "ended", "ended", state=result["state"])
    return Fate(task_id, "unknown", "unknown")


_WAS: Final[Mapping[str, Was]] = {
    "active": "running",
    "reserved": "reserved",
    "scheduled": "scheduled",
}


def _with_worker(task_id: str, was: Was, node: str, info: Mapping[str, Any], now: float) -> Fate:
    since = info.get("time_start")
    return Fate(
        task_id,
        was,
        "runs on" if was == "running" else "unheard",
        name=info.get("name"),
        worker=node,
        for_s=max(0.0, round(now - since, 1)) if was == "running" and since else None,
    )


def _after(fate: Fate, heard: Roll) -> Fate:
    """A worker that has the task must know; one that waits or is held may come to any."""
    if fate.became != "unheard" or fate.was == "held":
        return fate
    knowing = {node for node, ids in heard.answers("revoked").items() if fate.id in ids}
    known = fate.worker in knowing if fate.worker else bool(knowing)
    return replace(fate, became="revoked") if known else fate


async def _watch(
    calls: Calls, fates: tuple[Fate, ...], nodes: Sequence[str], timeout_s: float, poll_s: float
) -> tuple[Fate, ...]:
    """Wait for those that ran to end."""
    deadline = time.monotonic() + timeout_s
    while running := [fate.id for fate in fates if fate.became == "runs on"]:
        results = await calls.results(running)
        roll = await call_roll(calls, ("query_task",), nodes=nodes, ids=running)
        fates = tuple(_ended(fate, results, roll) for fate in fates)
        if time.monotonic() >= deadline:
            break
        await asyncio.sleep(poll_s)
    return fates


def _ended(fate: Fate, results: Mapping[str, Mapping[str, Any]], roll: Roll) -> Fate:
    if fate.became != "runs on":
        return fate
    state = results.get(fate.id, {}).get("state")
    if state == "REVOKED":
        return replace(fate, became="terminated")
    if state in ("SUCCESS", "FAILURE"):
        return replace(fate, became="ended", state=state)
    told = roll.answers("query_task").get(fate.worker or "")
    gone = told is not None and fate.id not in told
    return replace(fate, became="terminated") if gone else fate
