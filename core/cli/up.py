"""`solofleet up` and `solofleet demo`: start the fleet, send tasks, watch, stop, sum up."""

import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.changes import Change, WorkerChanged
from core.cli.interrupts import interrupts
from core.cli.printer import Printer
from core.cli.summary import Summary, summarize
from core.errors import DONE, FAILED, INTERRUPTED, TIMED_OUT, UNAVAILABLE, USAGE, FleetError
from core.project.opening import Project
from core.session import Session, Surroundings
from core.tasks.call import TaskCall
from core.wishes import Wishes
from core.workers.phase import Phase, Stage

PROGRESS_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do once the workers are ready, and when to stop.

    `timeout_s` is a deadline for all of it. `yes` starts beside workers of others unasked.
    """

    calls: Sequence[TaskCall] = ()
    exit_when_done: bool = False
    timeout_s: float | None = None
    yes: bool = False


class Up:
    """One run of `solofleet up`."""

    def __init__(
        self,
        project: Project,
        wishes: Wishes,
        plan: Plan,
        printer: Printer,
        environ: Mapping[str, str],
    ) -> None:
        self._plan = plan
        self._wishes = wishes
        self._printer = printer
        self._session = Session(project, wishes, self._show, environ)
        self._interrupts = 0
        self._pids: dict[str, int] = {}
        self._began = time.monotonic()
        self._ready_s: float | None = None
        self._shown_at = 0.0

    def interrupt(self) -> None:
        """Stop: after the running tasks, and when said again at once."""
        self._interrupts += 1
        self._session.stop(now=self._interrupts > 1)
        self._session.wake()

    async def run(self) -> int:
        """Do it all; the exit code. Raises FleetError when the fleet cannot be started."""
        with interrupts(self.interrupt):
            async with self._session as session:
                self._say_notes(session)
                code = await self._within_time(session)
                if code == TIMED_OUT:
                    session.stop(now=True)
                elif not session.all_gone() and not self._interrupts:
                    session.stop()
                await session.until(session.all_settled)
                summary = self._summary(session)
            self._printer.summary(summary)
        return code

    async def _within_time(self, session: Session) -> int:
        try:
            async with asyncio.timeout(self._plan.timeout_s):
                return await self._work(session)
        except TimeoutError:
            self._printer.error(
                FleetError(
                    f"stopped after {self._plan.timeout_s:g} s",
                    "--timeout came before the end",
                    "the lines above say what was going on; give it more time, or mend that",
                )
            )
            return TIMED_OUT

    async def _work(self, session: Session) -> int:
        self._consent(await session.look_around())
        spawned = time.monotonic()
        session.start()
        await session.until(lambda: self._interrupts > 0 or _all_decided(session))
        if self._interrupts:
            return INTERRUPTED
        if not _any_up(session):
            return UNAVAILABLE
        self._ready_s = time.monotonic() - spawned
        for call in self._plan.calls:
            await session.send(call)
        await session.until(lambda: self._is_over(session))
        if self._interrupts:
            return INTERRUPTED
        return self._verdict(session)

    def _is_over(self, session: Session) -> bool:
        if self._interrupts or session.all_settled():
            return True
        return self._plan.exit_when_done and not session.ledger.counts.totals().open

    def _verdict(self, session: Session) -> int:
        totals = session.ledger.counts.totals()
        bad = totals.failed or totals.lost or totals.open
        dead = any(
            worker.stage in (Stage.FATAL, Stage.CRASHED) for worker in session.supervisor.workers
        )
        return FAILED if bad or dead else DONE

    def _say_notes(self, session: Session) -> None:
        project = session.project
        session.say(f"{project.app} in {project.workdir}, run by {project.interpreter.path}")
        if len(project.candidates) > 1:
            others = ", ".join(candidate.app for candidate in project.candidates[1:4])
            session.say(
                f"the likeliest of {len(project.candidates)} apps; name another with -A: {others}"
            )
        for note in project.notes:
            session.say(note)
        session.say(f"{len(session.supervisor.workers)} workers ({session.size_reason})")

    def _consent(self, around: Surroundings) -> None:
        """Ask before tasks are shared with workers that may run other code."""
        if not around.foreign:
            return
        others = ", ".join(around.foreign)
        self._session.say(f"other workers on this broker: {others}")
        if around.local or self._plan.yes:
            return
        question = f"They will share the tasks. Start beside them at {around.broker.url}? [y/N] "
        if sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes"):
            return
        raise FleetError(
            f"{len(around.foreign)} other workers are on the broker {around.broker.url}",
            f"{others} would share the tasks with ours, with whatever code they run",
            "give --yes to start all the same, or --broker builtin to practise alone",
            exit_code=USAGE,
        )

    def _show(self, change: Change) -> None:
        if isinstance(change, WorkerChanged) and change.worker.pid:
            self._pids[change.worker.name] = change.worker.pid
        self._printer.show(change, self._session.supervisor)
        now = time.monotonic()
        if now - self._shown_at >= PROGRESS_S and self._ready_s is not None:
            self._shown_at = now
            workers = self._session.supervisor.workers
            busy = sum(worker.phase is Phase.BUSY for worker in workers)
            self._printer.progress(self._session.ledger.counts.totals(), busy)

    def _summary(self, session: Session) -> Summary:
        return summarize(
            session.supervisor,
            session.ledger,
            self._pids,
            ready_s=self._ready_s,
            elapsed_s=time.monotonic() - self._began,
            lossy=session.lossy,
        )


def _all_decided(session: Session) -> bool:
    """Whether no worker is still on its way up."""
    waiting = (Stage.STARTING, Stage.BACKOFF)
    return not any(worker.stage in waiting for worker in session.supervisor.workers)


def _any_up(session: Session) -> bool:
    return any(worker.stage is Stage.UP for worker in session.supervisor.workers)
