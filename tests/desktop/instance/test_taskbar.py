"""The taskbar knows the program by a name of its own."""

import ctypes
import sys

from desktop.instance.taskbar import NAME, name_for_taskbar


def test_the_process_has_its_name() -> None:
    name_for_taskbar()
    if sys.platform == "win32":
        told = ctypes.c_wchar_p()
        shell = ctypes.WinDLL("shell32")
        assert shell.GetCurrentProcessExplicitAppUserModelID(ctypes.byref(told)) == 0
        assert told.value == NAME
