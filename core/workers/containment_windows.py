"""Job objects: a session's job that Windows ends with Solofleet, one inside it per child.

A job with JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE ends all its processes when its last
handle is closed, and Windows closes the handles of a process that dies, however it
dies. A child is born suspended, put into both jobs, and only then let run: nothing
that it starts can be outside. Names and numbers: learn.microsoft.com, "Job Objects",
"Nested Jobs" (Windows 8 and later), "Process Creation Flags".
"""

import asyncio
import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from ctypes import wintypes
from types import TracebackType
from typing import Any, Final, Self

import psutil

from core.errors import FleetError

assert sys.platform == "win32"

PATIENCE_S: Final = 2.0

_CREATE_SUSPENDED: Final = 0x4
_CREATE_NO_WINDOW: Final = 0x08000000
_PROCESS_TERMINATE: Final = 0x1
_PROCESS_SET_QUOTA: Final = 0x100
_EXTENDED_LIMITS: Final = 9
_KILL_ON_JOB_CLOSE: Final = 0x2000
_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x400  # no dialogue that holds a crashed process
_ENDED_BY_US: Final = 1


class WindowsContainment:
    """The session's job. `say` is not needed: Windows keeps the promise by itself."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._job: _Job | None = None
        self._holds: set[WindowsHold] = set()
        self._empty = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._job = _Job()
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
        self._job: _Job | None = None

    @property
    def env(self) -> Mapping[str, str]:
        """SystemRoot: without it Python cannot find its random numbers or sockets."""
        return {"SYSTEMROOT": os.environ.get("SYSTEMROOT", r"C:\Windows")}

    def adopt(self, pid: int) -> None:
        """Put the suspended process into both jobs and let it run."""
        try:
            process = _check(_kernel32.OpenProcess(_PROCESS_TERMINATE | _PROCESS_SET_QUOTA, 0, pid))
            try:
                self._containment.adopted(self, process)
                self._job = _Job()
                self._job.assign(process)
            finally:
                _kernel32.CloseHandle(process)
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


class _Job:
    """A job object with kill on close. No child inherits its handle (null attributes)."""

    def __init__(self) -> None:
        self._handle = _check(_kernel32.CreateJobObjectW(None, None))
        limits = _ExtendedLimits()
        limits.basic.limit_flags = _KILL_ON_JOB_CLOSE | _DIE_ON_UNHANDLED_EXCEPTION
        _check(
            _kernel32.SetInformationJobObject(
                self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
        )

    def assign(self, process: int) -> None:
        """Put a process in. Raises OSError."""
        _check(_kernel32.AssignProcessToJobObject(self._handle, process))

    def terminate(self) -> None:
        """End all its processes; an empty job is no error."""
        _kernel32.TerminateJobObject(self._handle, _ENDED_BY_US)

    def close(self) -> None:
        """Close the last handle, which ends whatever is in it."""
        _kernel32.CloseHandle(self._handle)


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time_limit", wintypes.LARGE_INTEGER),
        ("per_job_user_time_limit", wintypes.LARGE_INTEGER),
        ("limit_flags", wintypes.DWORD),
        ("minimum_working_set_size", ctypes.c_size_t),
        ("maximum_working_set_size", ctypes.c_size_t),
        ("active_process_limit", wintypes.DWORD),
        ("affinity", ctypes.c_size_t),
        ("priority_class", wintypes.DWORD),
        ("scheduling_class", wintypes.DWORD),
    )


class _ExtendedLimits(ctypes.Structure):
    basic: _BasicLimits
    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_ulonglong * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory_used", ctypes.c_size_t),
        ("peak_job_memory_used", ctypes.c_size_t),
    )


def _load() -> ctypes.WinDLL:
    dll = ctypes.WinDLL("kernel32", use_last_error=True)
    handle = wintypes.HANDLE
    for name, result, arguments in (
        ("CreateJobObjectW", handle, (wintypes.LPVOID, wintypes.LPCWSTR)),
        (
            "SetInformationJobObject",
            wintypes.BOOL,
            (handle, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD),
        ),
        ("AssignProcessToJobObject", wintypes.BOOL, (handle, handle)),
        ("TerminateJobObject", wintypes.BOOL, (handle, wintypes.UINT)),
        ("OpenProcess", handle, (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)),
        ("CloseHandle", wintypes.BOOL, (handle,)),
    ):
        function = getattr(dll, name)
        function.restype = result
        function.argtypes = arguments
    return dll


_kernel32 = _load()


def _check(result: int | None) -> int:
    if not result:
        raise ctypes.WinError(ctypes.get_last_error())
    return result
