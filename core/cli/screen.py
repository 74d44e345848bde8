"""What a stream can do when it is a screen."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

if sys.platform == "win32":
    import ctypes
    import msvcrt

    _ENABLE_VIRTUAL_TERMINAL_PROCESSING = 0x0004

    def _enabled(stream: TextIO) -> bool:
        """Switch them on in a console window, which has them since Windows 10 but off.

        https://learn.microsoft.com/windows/console/console-virtual-terminal-sequences
        """
        kernel32 = ctypes.WinDLL("kernel32")
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        mode = ctypes.c_uint32()
        return bool(
            kernel32.GetConsoleMode(handle, ctypes.byref(mode))
            and kernel32.SetConsoleMode(handle, mode.value | _ENABLE_VIRTUAL_TERMINAL_PROCESSING)
        )

else:

    def _enabled(stream: TextIO) -> bool:
        return True


def takes_escapes(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether colours and a line that is replaced make sense on it."""
    return stream.isatty() and environ.get("TERM") != "dumb" and _enabled(stream)


def columns(stream: TextIO) -> int:
    """How wide the screen is at this moment; 80 when it does not tell, or is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80
