"""A session on a test project, with all that it told."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from core.changes import Change, Said, WorkerChanged
from core.project.opening import Project
from core.secret import Secret
from core.session import Session
from core.tasks.call import TaskCall
from core.tasks.task import Task
from core.wishes import Wishes
from core.workers.phase import Phase, Worker
from tests.support.projects import project
from tests.support.venvs import python_with_celery

LIMIT_S = 30.0


class Fleet:
    """Drives a session and waits for what it does, with a time limit."""

    def __init__(self, opened: Project, wishes: Wishes, **environ: str) -> None:
        self.changes: list[Change] = []
        self.session = Session(opened, wishes, self.changes.append, {**os.environ, **environ})

    @property
    def workers(self) -> dict[str, Worker]:
        """The fleet by the part of the names before the @."""
        return {w.name.partition("@")[0]: w for w in self.session.supervisor.workers}

    @property
    def totals(self) -> Any:
        return self.session.ledger.counts.totals()

    @property
    def said(self) -> list[str]:
        return [change.text for change in self.changes if isinstance(change, Said)]

    def name(self, short: str) -> str:
        return self.workers[short].name

    def pid(self, short: str) -> int:
        pid = self.workers[short].pid
        assert pid is not None
        return pid

    def task(self, task_id: str) -> Task:
        task = self.session.ledger.task(task_id)
        assert task is not None
        return task

    def log(self, short: str) -> str:
        store = self.session.supervisor.log(self.name(short))
        return "\n".join(store.slice(store.first, store.end))

    def phases_of(self, name: str) -> list[Phase]:
        return [
            change.worker.phase
            for change in self.changes
            if isinstance(change, WorkerChanged) and change.worker.name == name
        ]

    async def until(self, holds: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                await self.session.until(lambda: bool(holds()))
        except TimeoutError:
            logs = "\n".join(self.log(short) for short in self.workers)
            raise AssertionError(f"never came; {self.changes[-12:]}\n{logs}") from None

    async def until_phase(self, phase: Phase, *shorts: str) -> None:
        await self.until(
            lambda: all(self.workers[s].phase is phase for s in shorts or self.workers)
        )

    async def until_spare(self) -> int:
        """The pid of the process that waits, once it has imported the app."""
        spares = next(iter(self.session.supervisor._spares.values()))
        async with asyncio.timeout(LIMIT_S):
            while (spare := spares._spare) is None or not spare.ready:
                await asyncio.sleep(0.02)
        return spare.child.pid

    async def until_ended(self, *ids: str) -> None:
        final = ("succeeded", "failed", "revoked", "lost")
        await self.until(lambda: all(self.task(task_id).state in final for task_id in ids))

    async def start(self) -> None:
        self.session.start()
        await self.until_phase(Phase.READY)

    async def send(self, task: str, *args: object, **options: Any) -> tuple[str, ...]:
        return await self.session.send(TaskCall(f"tasky.{task}", args, **options))

    async def send_and_see_it_run(self, task: str, *args: object, count: int = 1) -> list[str]:
        """The ids of as many tasks as run now; more may wait behind them."""
        ids = await self.send(task, *args, count=count)
        await self.until(lambda: sum(self.task(i).state == "started" for i in ids) == count)
        return sorted(ids, key=lambda task_id: self.task(task_id).worker or "")


@asynccontextmanager
async def fleet(
    url: str,
    workers: int = 1,
    *,
    name: str = "tasky-1",
    python: Path | None = None,
    environ: dict[str, str] | None = None,
    **wishes: Any,
) -> AsyncIterator[Fleet]:
    """A fleet of so many workers of tasky, not started yet."""
    opened = project(python=python or python_with_celery("5.7.0"), name=name)
    async with fleet_of(opened, url, workers, environ=environ, **wishes) as own:
        yield own


@asynccontextmanager
async def fleet_of(
    opened: Project,
    url: str,
    workers: int | None,
    *,
    environ: dict[str, str] | None = None,
    **wishes: Any,
) -> AsyncIterator[Fleet]:
    """A fleet of so many workers of this project, not started yet."""
    asked = Wishes(workers=workers, broker=Secret(url), **wishes)
    own = Fleet(opened, asked, **(environ or {}))
    async with own.session:
        yield own
