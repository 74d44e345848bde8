"""Presses Ctrl+C in the console of another process (Windows).

Run by its path as `python -I -S ctrl_c.py PID`; exit code 0 when the event was sent. Each row has a
hidden console of its own (CREATE_NO_WINDOW), so nobody else hears it. learn.microsoft.com:
AttachConsole, SetConsoleCtrlHandler, GenerateConsoleCtrlEvent (group 0: all of this console).
"""

import ctypes
import sys


def main(pid: int) -> int:
    """Leave our console, enter that one, press."""
    if sys.platform != "win32":
        return 1
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.FreeConsole()
    if not kernel.AttachConsole(pid):
        return 1
    kernel.SetConsoleCtrlHandler(None, True)  # not we ourselves
    return 0 if kernel.GenerateConsoleCtrlEvent(0, 0) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
