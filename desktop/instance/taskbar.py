"""What Windows' taskbar takes for one program: its windows are grouped, and it keeps its icon."""

import sys
from typing import Final

if sys.platform == "win32":
    import ctypes

NAME: Final = "Solofleet.Solofleet"
"""Company and product, as learn.microsoft.com, "Application User Model IDs", asks for."""


def name_for_taskbar() -> None:
    """Take a name of our own instead of that of python.exe; before the first window."""
    if sys.platform == "win32":
        ctypes.WinDLL("shell32").SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(NAME))
