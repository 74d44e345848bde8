"""The project that is open in the window, and what is done to it by clicks.

Everything runs in the session's loop, which is Qt's. A click starts a job that `jobs` owns; where
it fails, `failed` has the error in its three parts. Facts come back through the hub.
"""

import asyncio
from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from core.errors import FleetError
from core.project.opening import Project, open_project
from core.runnable import check_runnable
from core.session import Session
from core.wishes import Wishes
from desktop.hub import Hub

OpenProject = Callable[[], Project]
LEAVE_S: Final = 20.0
"""How long what was lost at the end may take to be settled."""


class Desk(QObject):
    """At most one project is open; `session` is None where none is.

    `opening` comes when a project begins to be read, `opened` when its session is there, `closed`
    when it is over; `failed` has a FleetError. `unfit` has the path of a folder that cannot be run
    as it is: the set-up page tells why. `beginning` tells whether it is being found out who is on
    the broker, before all workers are started: that takes as long as the app's import.
    """

    opening = Signal()
    opened = Signal()
    closed = Signal()
    failed = Signal(object)
    unfit = Signal(str)
    beginning = Signal(bool)

    def __init__(
        self, jobs: asyncio.TaskGroup, environ: Mapping[str, str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.hub = Hub(self)
        self.session: Session | None = None
        self._jobs = jobs
        self.environ = environ
        self._leave = asyncio.Event()  # of the project that is open, or asked for last
        self._turn = asyncio.Lock()
        self._beginning: asyncio.Task[None] | None = None
        self._again: Callable[[], None] = self.close

    def open(
        self,
        path: str,
        wishes: Wishes,
        *,
        app: str | None = None,
        python: str | None = None,
        start: bool = False,
    ) -> None:
        """Open a folder in place of what is open; `start` its workers when it is there."""
        read = partial(open_project, path, app=app, python=python, environ=self.environ)
        self._begin(path, read, wishes, start=start)

    def open_project(self, project: Project, *, start: bool = False) -> None:
        """Open a project that was read already, in place of what is open."""
        root = str(project.root)
        self._begin(root, lambda: project, Wishes(), start=start)
        self._again = partial(self.open, root, Wishes(), start=True)

    def reopen(self) -> None:
        """Open what is open anew and start it: its files may say other things by now."""
        if self.session is not None:
            self._again()

    def _begin(self, path: str, read: OpenProject, wishes: Wishes, *, start: bool) -> None:
        self._again = partial(self._begin, path, read, wishes, start=True)
        self.close()
        self._leave = leave = asyncio.Event()
        self._jobs.create_task(self._in_turn(path, read, wishes, leave, start=start))

    def close(self) -> None:
        """Let running tasks finish, stop the workers, and close the project.

        One that is still being opened is closed as soon as it can be.
        """
        self._leave.set()

    async def gone(self) -> None:
        """Wait until nothing is open any more."""
        async with self._turn:
            pass

    def start(self, name: str | None = None) -> None:
        """Start one worker, or all once it is known who else is on the broker.

        Who asks again meanwhile is served by the same answer.
        """
        if self.session is None:
            return
        if name is not None:
            self.session.start(name)
        elif self._beginning is None:
            self._beginning = self.do(self._start_all(self.session))
            self._beginning.add_done_callback(self._begun)
            self.beginning.emit(True)

    def stop(self, name: str | None = None, *, now: bool = False) -> None:
        """Stop one worker or all; `now` breaks running tasks off."""
        if self.session is not None:
            self.session.stop(name, now=now)

    def restart(self, name: str | None = None) -> None:
        """Give one worker or all a new process after the running task."""
        if self.session is not None:
            self.session.restart(name)

    def scale(self, count: int) -> None:
        """Grow or shrink the fleet."""
        if self.session is not None:
            with self._told():
                self.session.scale(count)

    def do(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[None]:
        """Do something that takes time; an error is told by `failed`. It may be cancelled."""
        job = self._jobs.create_task(self._guarded(work))
        job.add_done_callback(lambda _: work.close())  # one that is cancelled may not have begun
        return job

    async def _guarded(self, work: Coroutine[Any, Any, object]) -> None:
        with self._told():
            await work

    @contextmanager
    def _told(self) -> Generator[None]:
        try:
            yield
        except FleetError as error:
            self.failed.emit(error)
        except Exception as error:  # noqa: BLE001 - one click must not end the whole fleet
            context = {"message": "a click has failed", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)
            self.failed.emit(_ours(error))

    async def _in_turn(
        self, path: str, read: OpenProject, wishes: Wishes, leave: asyncio.Event, *, start: bool
    ) -> None:
        async with self._turn:
            if not leave.is_set():
                await self._guarded(self._live(path, read, wishes, leave, start=start))

    async def _live(
        self, path: str, read: OpenProject, wishes: Wishes, leave: asyncio.Event, *, start: bool
    ) -> None:
        self.opening.emit()
        try:
            try:
                project = await asyncio.to_thread(read)
                await check_runnable(project, wishes, self.environ)
            except FleetError:
                self.unfit.emit(path)
                return
            async with Session(project, wishes, self.hub.take, self.environ) as session:
                self.session = session
                self.opened.emit()
                if start:
                    self.start()
                mind = self._jobs.create_task(self._mind(session))
                await leave.wait()
                mind.cancel()
                if self._beginning is not None:
                    self._beginning.cancel()
                    self._begun(self._beginning)
                await _stop(session)
        finally:
            self.hub.flush()
            self.session = None
            self.closed.emit()

    async def _mind(self, session: Session) -> None:
        """Tell when there is no point in going on."""
        await session.until(lambda: session.failure is not None)
        self.hub.flush()
        self.failed.emit(session.failure)

    async def _start_all(self, session: Session) -> None:
        await session.look_around()
        session.start()

    def _begun(self, job: asyncio.Task[None]) -> None:
        if job is self._beginning:
            self._beginning = None
            self.beginning.emit(False)


def _ours(error: Exception) -> FleetError:
    return FleetError(
        "Solofleet itself has failed at this",
        f"{type(error).__name__}: {error}",
        "the workers go on; please report it with the lines on standard error",
    )


async def _stop(session: Session) -> None:
    session.stop()
    await session.until(session.all_gone)
    try:
        async with asyncio.timeout(LEAVE_S):
            await session.until(session.all_settled)
    except TimeoutError:
        pass  # the broker is away; the session says what it could not settle
