"""Every worker that is on the broker or known to be: what it is, and what it does now."""

import asyncio
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from core.bridge.calls import Calls
from core.bridge.roll_call import ANSWER_S, Roll, call_roll
from core.project.opening import Project
from core.workers.names import this_host
from core.workers.nearby import Nearby, nearby_workers

Where = Literal["ours", "here", "elsewhere"]
"""`ours`: a session of Solofleet on this machine started it; `here`: somebody else did."""

QUESTIONS: Final = ("stats", "active", "active_queues", "report")
_VERSION: Final = re.compile(r"\bcelery:(\S+)")
BUSY: Final = (
    "its process runs and it does not answer: a plain solo worker answers between two tasks"
    " only, none does while it starts, or it is on another broker"
)


@dataclass(frozen=True, slots=True)
class Running:
    """A task that runs now, for so many seconds if that is known."""

    id: str
    name: str
    for_s: float | None


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """One worker. What it did not tell is None, and `silent` says why.

    `host` is the host part of its node name. `concurrency` is how many tasks it can run at once,
    `prefetch` how many messages it may hold, `done` how many tasks it has finished since its
    start, `celery` its version.
    """

    node: str
    host: str
    where: Where
    pid: int | None = None
    pool: str | None = None
    concurrency: int | None = None
    prefetch: int | None = None
    uptime_s: int | None = None
    done: int | None = None
    running: tuple[Running, ...] = ()
    queues: tuple[str, ...] | None = None
    celery: str | None = None
    silent: str | None = None


async def see_workers(
    calls: Calls,
    project: Project,
    *,
    questions: Sequence[str] = QUESTIONS,
    timeout_s: float = ANSWER_S,
    root: Path | None = None,
) -> tuple[WorkerSeen, ...]:
    """All workers, ours first, then by name.

    Those of this machine that run the project and do not answer are known by their processes;
    others that do not answer are not known. What is not among the `questions` is None. `root` is
    as for `nearby_workers`. Raises FleetError.
    """
    roll = await call_roll(calls, questions, timeout_s=timeout_s)
    nearby = await asyncio.to_thread(nearby_workers, root)
    return seen(roll, nearby, project, time.time())


def seen(
    roll: Roll, nearby: Sequence[Nearby], project: Project, now: float
) -> tuple[WorkerSeen, ...]:
    """What the answers and the processes of this machine tell, at `now` (Unix seconds)."""
    answered = [
        _answered(node, replies, nearby, roll.silent.get(node), now)
        for node, replies in roll.replies.items()
    ]
    order = ("ours", "here", "elsewhere")
    return tuple(
        sorted(
            (*answered, *_unheard(answered, nearby, project)),
            key=lambda worker: (order.index(worker.where), worker.node),
        )
    )


def _answered(
    node: str, replies: Mapping[str, Any], nearby: Sequence[Nearby], silent: str | None, now: float
) -> WorkerSeen:
    stats: Mapping[str, Any] = replies.get("stats") or {}
    pool: Mapping[str, Any] = stats.get("pool") or {}
    running = tuple(_running(task, now) for task in replies.get("active") or ())
    queues = replies.get("active_queues")
    accepted = stats.get("total")
    pid = stats.get("pid")
    return WorkerSeen(
        node=node,
        host=node.partition("@")[2],
        where=_where(node, pid, nearby),
        pid=pid,
        pool=_pool(pool, pid),
        concurrency=pool.get("max-concurrency"),
        prefetch=stats.get("prefetch_count"),
        uptime_s=stats.get("uptime"),
        done=None if accepted is None else max(0, sum(accepted.values()) - len(running)),
        running=running,
        queues=None if queues is None else tuple(sorted(queue["name"] for queue in queues)),
        celery=_version(replies.get("report")),
        silent=silent,
    )


def _running(task: Mapping[str, Any], now: float) -> Running:
    since = task.get("time_start")
    for_s = max(0.0, round(now - since, 1)) if since else None
    return Running(str(task["id"]), str(task["name"]), for_s)


def _pool(pool: Mapping[str, Any], pid: int | None) -> str | None:
    """`celery.concurrency.prefork:TaskPool` is prefork; ours is the fleet's.

    Before 5.3 pools did not tell their names, but what only one of them has.
    """
    match pool:
        case {"implementation": str(name)}:
            return name.partition(":")[0].rpartition(".")[2]
        case {"writes": _}:
            return "prefork"
        case {"threads": _}:
            return "thread"
        case {"processes": [single]} if single == pid:
            return "solo"
        case _:
            return None


def _version(report: object) -> str | None:
    match report:
        case {"ok": str(text)} if found := _VERSION.search(text):
            return found[1]
        case _:
            return None


def _where(node: str, pid: int | None, nearby: Sequence[Nearby]) -> Where:
    """A pid alone tells nothing: containers and other machines have the same ones."""
    for worker in nearby:
        if pid in worker.pids and worker.node in (node, None):
            return "ours" if worker.project else "here"
    return "here" if node.partition("@")[2] == this_host() else "elsewhere"


def _unheard(
    answered: Sequence[WorkerSeen], nearby: Iterable[Nearby], project: Project
) -> Iterable[WorkerSeen]:
    names = {worker.node for worker in answered}
    for worker in nearby:
        if worker.node is None or worker.node in names:
            continue
        ours = worker.project == project.name
        if ours or (worker.project is None and _runs(worker, project)):
            host = worker.node.partition("@")[2]
            where: Where = "ours" if ours else "here"
            yield WorkerSeen(worker.node, host, where, pid=worker.pid, silent=BUSY)


def _runs(worker: Nearby, project: Project) -> bool:
    """Whether it most likely runs the project: the same module for -A, in the same folder."""
    module = (worker.app or "").partition(":")[0]
    there = worker.cwd is None or os.path.realpath(worker.cwd) == os.path.realpath(project.workdir)
    return module == project.app.partition(":")[0] and there
