"""The taskbar knows the program by a name of its own."""

import ctypes
import sys

from desktop.instance.taskbar import NAME, name_for_taskbar

NOT_IMPLEMENTED = -0x7FFFBFFF
"""E_NOTIMPL: what Wine 8 answers, which has no taskbar."""


def test_the_process_has_its_name() -> None:
    name_for_taskbar()
    if sys.platform == "win32":
        told = ctypes.c_wchar_p()
        shell = ctypes.WinDLL("shell32")
        code = shell.GetCurrentProcessExplicitAppUserModelID(ctypes.byref(told))
        assert (code, told.value) in ((0, NAME), (NOT_IMPLEMENTED, None))
