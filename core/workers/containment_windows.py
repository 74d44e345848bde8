"""Job objects: a session's job that Windows ends with Solofleet, one inside it per child.

A job with JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE ends all its processes when its last
handle is closed, and Windows closes the handles of a process that dies, however it
dies. A child is born suspended, put into both jobs, and only then let run: nothing
that it starts can be outside. Sources: learn.microsoft.com, "Nested Jobs" (Windows 8 and
later), "Process Creation Flags".
"""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final, Self

import psutil

from core.errors import FleetError

assert sys.platform == "win32"  # type checkers on other platforms stop reading here

from core.workers.job_windows import Job, process_handle  # noqa: E402

PATIENCE_S: Final = 2.0

_CREATE_SUSPENDED: Final = 0x4
_CREATE_NO_WINDOW: Final = 0x08000000


class WindowsContainment:
    """The session's job. `say` is not needed: Windows keeps the promise by itself."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.births = asyncio.Lock()
        self._job: Job | None = None
        self._holds: set[WindowsHold] = set()
        self._empty = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._job = Job()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._job is not None
        self._job.terminate()
        try:
            async with asyncio.timeout(PATIENCE_S):
                if self._holds:
                    await self._empty.wait()
        except TimeoutError:
            pass  # a process stuck in the kernel; closing the job is all that is left
        finally:
            self._job.close()
            self._job = None

    def hold(self) -> "WindowsHold":
        """A hold for one child that is about to be started."""
        return WindowsHold(self)

    def adopted(self, hold: "WindowsHold", process: int) -> None:
        """Put the process (a handle) into the session's job."""
        assert self._job is not None
        self._job.assign(process)
        self._holds.add(hold)
        self._empty.clear()

    def released(self, hold: "WindowsHold") -> None:
        """A child is over."""
        self._holds.discard(hold)
        if not self._holds:
            self._empty.set()


class WindowsHold:
    """One child's job, nested in that of the session."""

    options: Mapping[str, Any] = {"creationflags": _CREATE_SUSPENDED | _CREATE_NO_WINDOW}

    def __init__(self, containment: WindowsContainment) -> None:
        self._containment = containment
        self._job: Job | None = None

    @property
    def env(self) -> Mapping[str, str]:
        """SystemRoot: without it Python cannot find its random numbers or sockets."""
        return {"SYSTEMROOT": os.environ.get("SYSTEMROOT", r"C:\Windows")}

    def adopt(self, pid: int) -> None:
        """Put the suspended process into both jobs and let it run."""
        try:
            with process_handle(pid) as process:
                self._containment.adopted(self, process)
                self._job = Job()
                self._job.assign(process)
            psutil.Process(pid).resume()
        except (OSError, psutil.Error) as error:
            raise FleetError(
                f"process {pid} cannot be held in a job object",
                f"Windows said: {error}",
                "start Solofleet outside of whatever runs it in a job that forbids nested jobs",
            ) from error

    def kill(self) -> None:
        """End all processes of the job."""
        if self._job is not None:
            self._job.terminate()

    def release(self) -> None:
        """End what is left in the job and give it back."""
        if self._job is not None:
            self._job.terminate()
            self._job.close()
            self._job = None
        self._containment.released(self)
