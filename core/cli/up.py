"""`solofleet up` and `solofleet demo`: start the fleet, send tasks, watch, stop, sum up."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from core.changes import Change
from core.cli.account import Account
from core.cli.consent import consent
from core.cli.interrupts import interrupts
from core.cli.printer import Printer
from core.errors import DONE, FAILED, INTERRUPTED, TIMED_OUT, UNAVAILABLE, FleetError
from core.session import Session
from core.tasks.call import TaskCall
from core.workers.mode import TRUTH, Mode
from core.workers.phase import Stage, Worker, unread

SILENT_S: Final = 2.0
"""For so long nobody wonders why it does not end."""
SETTLE_S: Final = 20.0
"""How long a broker that is away may take to come back before its messages are given up."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do once the workers are ready, and when to stop.

    `timeout_s` is a deadline for all of it but the stop. `yes` answers questions.
    """

    calls: Sequence[TaskCall] = ()
    exit_when_done: bool = False
    timeout_s: float | None = None
    yes: bool = False


class Up:
    """One run of a fleet: its `session` can be read when it is over.

    `make_session` gets whom to tell of changes. `ask` puts a question to a person: whether the
    answer is yes.
    """

    def __init__(
        self,
        make_session: Callable[[Callable[[Change], None]], Session],
        plan: Plan,
        printer: Printer,
        ask: Callable[[str], bool],
    ) -> None:
        self._plan = plan
        self._printer = printer
        self._ask = ask
        self.session = make_session(self._show)
        self._account = Account(self.session)
        self._wait: asyncio.Timeout | None = None
        self._interrupts = 0
        self._alone = False

    def interrupt(self) -> None:
        """Stop: once the running tasks are over, or when said again, at once."""
        self._interrupts += 1
        if self._wait is not None and not self._wait.expired():
            self._wait.reschedule(0)

    def left_alone(self) -> None:
        """Nobody sees any more what is shown: stop, however that came to be known."""
        if not self._alone:
            self._alone = True
            self.interrupt()

    async def run(self) -> int:
        """Do it all; the exit code. Raises FleetError when the session cannot be opened."""
        async with self.session as session:
            with interrupts(self.interrupt, self.left_alone):
                _introduce(session)
                code = await self._until_over(session)
                await self._stop(session, code)
        # What still ran then was killed by the end of the session.
        self._printer.summary(self._account.summary())
        return code

    async def _until_over(self, session: Session) -> int:
        if self._interrupts:
            return INTERRUPTED
        try:
            async with self._interruptible(self._plan.timeout_s):
                return await self._work(session)
        except TimeoutError:
            if self._interrupts:
                return INTERRUPTED
            error = FleetError(
                f"stopped after {self._plan.timeout_s:g} s",
                "--timeout came before the end",
                "the lines above say what was going on; give it more time, or mend that",
                exit_code=TIMED_OUT,
            )
        except FleetError as known:
            error = known
        self._printer.error(error)
        return error.exit_code

    async def _stop(self, session: Session, code: int) -> None:
        """Let tasks finish; break them off when time is up or somebody insists.

        Who insists once more leaves it to the end of the session, which kills.
        """
        await session.meter.look()  # the last chance, and for a short run the only one
        if code != TIMED_OUT:
            if self._interrupts and self._account.busy():
                session.say("running tasks may finish; interrupt again to end them now")
            session.stop()
            await self._wait_until(session.all_gone, interrupts=1)
        if not session.all_gone():
            session.stop(now=True)
            await self._wait_until(session.all_gone, interrupts=2)
        interrupts = self._interrupts
        await self._wait_until(session.all_settled, interrupts=2, timeout_s=SILENT_S)
        if not session.all_settled() and self._interrupts == interrupts <= 2:
            session.say(
                f"waiting for the broker, {SETTLE_S:g} s at most: it is to be told what became"
                " of the workers' tasks; interrupt again to leave at once"
            )
            await self._wait_until(session.all_settled, interrupts=2, timeout_s=SETTLE_S)

    async def _wait_until(
        self, holds: Callable[[], bool], *, interrupts: int, timeout_s: float | None = None
    ) -> None:
        """No longer than that; nor when somebody insists, now or with more `interrupts` before."""
        if self._interrupts > interrupts:
            return
        with suppress(TimeoutError):
            async with self._interruptible(timeout_s):
                await self.session.until(holds)

    @asynccontextmanager
    async def _interruptible(self, timeout_s: float | None = None) -> AsyncGenerator[None]:
        """TimeoutError in the block after that time, or at an interrupt."""
        async with asyncio.timeout(timeout_s) as self._wait:
            try:
                yield
            finally:
                self._wait = None

    async def _work(self, session: Session) -> int:
        around = await session.look_around()
        if around.foreign:
            session.say(f"other workers on this broker: {', '.join(around.foreign)}")
        if not self._plan.yes:
            consent(around, self._ask)
        session.start()
        # While the workers come up.
        calls = [(call, await session.check(call)) for call in self._plan.calls]
        await session.until(lambda: session.failure is not None or self._account.is_decided())
        if session.failure is not None:
            raise session.failure
        if not self._account.is_up():
            raise _none_is_up(session.supervisor.workers)
        for call, queue in calls:
            if queue is not None and unread(queue, session.supervisor.workers):
                what = f"{call.task} goes to the queue {queue}"
                session.say(f"{what}, which no worker here reads: it waits")
            await session.send(call)
        await session.until(lambda: self._is_over(session))
        if session.failure is not None:
            raise session.failure
        return self._verdict(session)

    def _is_over(self, session: Session) -> bool:
        done = self._plan.exit_when_done and not self._account.totals().open
        return done or session.failure is not None or session.all_settled()

    def _verdict(self, session: Session) -> int:
        totals = self._account.totals()
        ends = {each.stage for each in session.company.everybody()}
        bad = totals.failed or totals.lost or totals.open or ends & {Stage.FATAL, Stage.CRASHED}
        return FAILED if bad else DONE

    def _show(self, change: Change) -> None:
        self._account.note(change)
        self._printer.show(change, self._account)


def _introduce(session: Session) -> None:
    project = session.project
    session.say(f"{project.app} in {project.workdir}, run by {project.interpreter.path}")
    if len(project.candidates) > 1:
        others = ", ".join(candidate.app for candidate in project.candidates[1:4])
        session.say(
            f"the likeliest of {len(project.candidates)} apps; name another with -A: {others}"
        )
    for note in project.notes:
        session.say(note)
    for told in session.settings.told():
        session.say(told)
    session.say(f"{len(session.supervisor.workers)} workers ({session.size_reason})")
    for note in session.choice.notes:
        session.say(note)
    if session.mode is not Mode.FLEET:
        session.say(f"{session.mode}: {TRUTH[session.mode]}")


def _none_is_up(workers: Sequence[Worker]) -> FleetError:
    error = next((worker.start_error for worker in workers if worker.start_error), None)
    if error is not None:
        return FleetError(error.what, error.why, error.fix, exit_code=UNAVAILABLE)
    return FleetError(
        "no worker came up",
        workers[0].evidence,
        "their log lines above tell more",
        exit_code=UNAVAILABLE,
    )
