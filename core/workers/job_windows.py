"""Job objects of Windows: sets of processes that end together.

Names and numbers: learn.microsoft.com, "Job Objects", `winnt.h`.
"""

import ctypes
import sys
from collections.abc import Generator
from contextlib import contextmanager
from ctypes import wintypes
from typing import Final

assert sys.platform == "win32"

_PROCESS_TERMINATE: Final = 0x1
_PROCESS_SET_QUOTA: Final = 0x100
_EXTENDED_LIMITS: Final = 9
_KILL_ON_JOB_CLOSE: Final = 0x2000
_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x400  # no dialogue that holds a crashed process
_ENDED_BY_US: Final = 1


class Job:
    """A job object with kill on close. No child inherits its handle (null attributes).

    Raises OSError when Windows refuses.
    """

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
        """Put a process in, by its handle. Raises OSError."""
        _check(_kernel32.AssignProcessToJobObject(self._handle, process))

    def terminate(self) -> None:
        """End all its processes; an empty job is no error."""
        _kernel32.TerminateJobObject(self._handle, _ENDED_BY_US)

    def close(self) -> None:
        """Close the last handle, which ends whatever is in it."""
        _kernel32.CloseHandle(self._handle)


@contextmanager
def process_handle(pid: int) -> Generator[int, None, None]:
    """A handle of a process, good for putting it into jobs. Raises OSError."""
    handle = _check(_kernel32.OpenProcess(_PROCESS_TERMINATE | _PROCESS_SET_QUOTA, 0, pid))
    try:
        yield handle
    finally:
        _kernel32.CloseHandle(handle)


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
