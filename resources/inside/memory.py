"""The memory this process uses now, cheaply enough to ask after each task."""

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


def _windows_reader():
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
        if ask(process, ctypes.byref(counters), counters.cb):
            return counters.WorkingSetSize
        return None

    return read
