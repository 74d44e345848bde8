"""A short run that measures: one solo worker, and on Linux a real prefork worker beside it in time.

Both work on the built-in broker, so that nothing reaches the project's own. Only the task that was
asked for runs; without one, memory at rest is all that is measured.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import psutil

from core.changes import Change, Said
from core.errors import FAILED, TIMED_OUT, UNAVAILABLE, FleetError
from core.project.opening import Project
from core.render.sizing.measured import Measured, Prefork
from core.render.sizing.peaks import Peaks
from core.render.sizing.record import of_meter
from core.render.sizing.shared import shared
from core.secret import Secret
from core.session import Session
from core.tasks.call import TaskCall
from core.tasks.memory import TaskMemory
from core.tasks.task import FINAL, TaskChanged
from core.wishes import BUILTIN, Wishes
from core.workers.mode import Mode
from core.workers.phase import Stage

HOW: Final = "a measuring run"
CHILDREN: Final = 2
LIMIT_S: Final = 300.0
CROWDED: Final = 0.9
"""Where more than this share of the processors is in use, tasks wait for one."""


async def measure(
    project: Project,
    wishes: Wishes,
    environ: Mapping[str, str],
    call: TaskCall | None,
    say: Callable[[str], None],
    limit_s: float | None = None,
) -> Measured:
    """Run it, and give the numbers. Raises FleetError: no worker came up, the task failed."""
    wishes = replace(wishes, broker=Secret(BUILTIN), workers=1, rows=(), all_rows=False, groups=())
    try:
        async with asyncio.timeout(LIMIT_S if limit_s is None else limit_s):
            measured = await _solo(project, wishes, environ, call, say)
            if sys.platform != "linux":
                return measured
            return replace(measured, prefork=await _prefork(project, wishes, environ, call, say))
    except TimeoutError:
        raise FleetError(
            "the measuring run did not end in time",
            "a worker takes long to start, or the task to run",
            "give it more with --timeout, or a quicker call of the task",
            exit_code=TIMED_OUT,
        ) from None


class _Run:
    """A session of one worker, and the tasks that were sent in it."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self.open: set[str] = set()
        self.bad: list[TaskChanged] = []

    def publish(self, change: Change) -> None:
        if isinstance(change, Said):
            self._say(change.text)
        if isinstance(change, TaskChanged) and change.state in FINAL and change.id in self.open:
            self.open.discard(change.id)
            if change.state != "succeeded":
                self.bad.append(change)

    async def up(self, session: Session) -> int:
        """Start the worker; the process that was started."""
        await session.look_around()
        session.start()
        (worker,) = session.supervisor.workers
        busy = {Stage.STARTING, Stage.BACKOFF}
        await session.until(lambda: session.supervisor.workers[0].stage not in busy)
        worker = session.supervisor.workers[0]
        if worker.stage is not Stage.UP:
            error = worker.start_error
            raise FleetError(
                error.what if error else "the worker to be measured did not come up",
                error.why if error else worker.evidence,
                error.fix if error else f"solofleet up {session.project.root} shows its log",
                exit_code=UNAVAILABLE,
            )
        return session.supervisor.roots[worker.name]

    async def do(self, session: Session, call: TaskCall) -> None:
        """Send it, and wait for its end. Raises FleetError when it failed."""
        await session.send(call, self.open.update)
        await session.until(lambda: not self.open or session.failure is not None)
        if session.failure is not None:
            raise session.failure
        if self.bad:
            raise FleetError(
                f"{call.task} {self.bad[0].state}",
                self.bad[0].error or "its log tells more",
                "give it arguments with which it succeeds: --args, --kwargs",
                exit_code=FAILED,
            )

    async def down(self, session: Session) -> None:
        session.stop()
        await session.until(session.all_settled)


async def _solo(
    project: Project,
    wishes: Wishes,
    environ: Mapping[str, str],
    call: TaskCall | None,
    say: Callable[[str], None],
) -> Measured:
    run = _Run(say)
    wishes = replace(wishes, mode=Mode.FLEET)
    async with Session(project, wishes, run.publish, environ) as session:
        root = await run.up(session)
        if call is not None:
            await session.check(call)
        await session.meter.look()
        peaks = await asyncio.to_thread(Peaks, root)
        before = psutil.cpu_times()
        if call is not None:
            await run.do(session, call)
        crowded = _busy(before, psutil.cpu_times()) > CROWDED
        grown = await asyncio.to_thread(peaks.grown)
        await session.meter.look()
        measured = of_meter(session.meter, HOW)
        await run.down(session)
    if call is None:
        return measured
    return replace(_with_peak(measured, call.task, sum(grown)), crowded=crowded)


def _busy(before: Any, after: Any) -> float:
    """The share of all processors that was in use between two looks at the machine."""
    spent = sum(after) - sum(before)
    return 1 - (after.idle - before.idle) / spent if spent > 0 else 0.0


async def _prefork(
    project: Project,
    wishes: Wishes,
    environ: Mapping[str, str],
    call: TaskCall | None,
    say: Callable[[str], None],
) -> Prefork | None:
    """What real children share. A run that fails costs this number only, and is told."""
    run = _Run(say)
    wishes = replace(wishes, mode=Mode.PREFORK, workers=CHILDREN)
    with suppress(FleetError):
        async with Session(project, wishes, run.publish, environ) as session:
            root = await run.up(session)
            if call is not None:  # children write to shared pages as they work
                await run.do(session, replace(call, count=2 * CHILDREN))
            found = await asyncio.to_thread(shared, root)
            await run.down(session)
            return found
    say("no prefork worker could be measured: what its children share is estimated")
    return None


def _with_peak(measured: Measured, name: str, peak: int) -> Measured:
    """The numbers with the peak that the system saw, where that is more than was sampled."""
    others = tuple(task for task in measured.tasks if task.name != name)
    own = next((task for task in measured.tasks if task.name == name), TaskMemory(name, 1, peak, 0))
    own = replace(own, most=max(own.most, peak))
    return replace(measured, tasks=tuple(sorted((own, *others), key=lambda each: -each.most)))
