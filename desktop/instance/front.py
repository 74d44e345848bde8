"""Bringing a window before all others."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if sys.platform == "win32":
    import ctypes


def bring_to_front(window: QWidget) -> None:
    """Show it, wherever it was: minimised, in the tray, behind others."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def let_to_front(pid: int) -> None:
    """Let another process come before us; on Windows none else may.

    https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
    """
    if sys.platform == "win32":
        ctypes.WinDLL("user32").AllowSetForegroundWindow(ctypes.c_uint32(pid))
