"""What a supervisor works with; all of it belongs to the session."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from core.changes import Change
from core.logs.intake import LogIntake
from core.logs.store import LogStore
from core.tasks.facts import Failed, Succeeded
from core.tasks.ledger import Ledger
from core.workers.containment import Containment
from core.workers.loss import Loss
from core.workers.policy import Policy
from core.workers.process import Child
from core.workers.spec import WorkerSpec


@dataclass(frozen=True, slots=True)
class Means:
    """What the supervisor works with; all of it belongs to the session.

    `spec` is that of the project, which groups have in forms of their own. `jobs` owns what takes
    time. `mask` has secrets masked in the logs that are opened from then on. `settle` answers the
    broker for a loss, whatever happens. `ask_plain` asks a worker that reads no commands to stop.
    `born` and `gone` hear of every process, for the record of what is running, `ended` of every
    end of a task. `wake` is called when a job of ours has ended.
    """

    spec: WorkerSpec
    policy: Policy
    containment: Containment
    jobs: asyncio.TaskGroup
    ledger: Ledger
    publish: Callable[[Change], None]
    open_log: Callable[[str, int, LogStore], LogIntake]
    mask: Callable[[Iterable[str]], None]
    settle: Callable[[Loss], Coroutine[Any, Any, None]]
    ask_plain: Callable[[str], Coroutine[Any, Any, None]]
    born: Callable[[Child], None]
    gone: Callable[[int], None]
    ended: Callable[[str, Succeeded | Failed], None]
    wake: Callable[[], None]
