"""The memory this process uses: now, cheaply enough to ask after each task, and at its peak."""

import os
import sys


def memory_reader():
    """Return a function that gives the resident set in bytes, or None where it is unknown."""
    if sys.platform == "win32":
        return _windows_reader()
    if os.path.exists("/proc/self/statm"):
        return _linux_reader()
    return lambda: None


def _linux_reader():
    # The descriptor stays open: one pread is 1.5 us, opening anew 6 us.
    page = os.sysconf("SC_PAGE_SIZE")
    fd = os.open("/proc/self/statm", os.O_RDONLY)

    def read():
        return int(os.pread(fd, 64, 0).split()[1]) * page

    return read


def peak_reader():
    """Return a function that gives the largest resident set so far in bytes, 0 where unknown.

    It is what prefork compares with max_memory_per_child (`billiard/compat.py`, mem_rss). Not by
    getrusage on Linux: that one still counts the program that was here before exec.
    """
    if sys.platform == "win32":
        counters = _windows_counters()
        return lambda: counters().PeakWorkingSetSize
    if os.path.exists("/proc/self/status"):
        return _linux_peak
    import resource

    return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


def _linux_peak():
    with open("/proc/self/status", "rb") as status:
        for line in status:
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def _windows_reader():
    counters = _windows_counters()
    return lambda: counters().WorkingSetSize or None


def _windows_counters():
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        # PROCESS_MEMORY_COUNTERS of psapi.h.
        _fields_ = [
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        ]

    ask = ctypes.WinDLL("psapi").GetProcessMemoryInfo
    ask.argtypes = [wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD]
    kernel = ctypes.WinDLL("kernel32")
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    process = kernel.GetCurrentProcess()
    counters = Counters(cb=ctypes.sizeof(Counters))

    def read():
        if not ask(process, ctypes.byref(counters), counters.cb):
            counters.WorkingSetSize = counters.PeakWorkingSetSize = 0
        return counters

    return read
