"""Whether a window can be shown, and if not, why.

Qt ends the program where it cannot: with DISPLAY set, but no server behind it, or without one of
the libraries of the system that its plugin for X11 needs (libxcb-cursor, since Qt 6.5).
"""

import ctypes
import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PACKAGES: Final = (
    "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1"
    " libxcb-render-util0"
)
"""Of Debian and Ubuntu; what Qt's plugin for X11 is linked with and desktops bring along."""


def no_window(environ: Mapping[str, str]) -> str | None:
    """Why there can be no window; None where there can: always on Windows and macOS."""
    if sys.platform in ("win32", "darwin") or environ.get("QT_QPA_PLATFORM"):
        return None
    if environ.get("WAYLAND_DISPLAY"):
        return None
    display = environ.get("DISPLAY")
    if not display:
        return "there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set"
    try:
        ctypes.CDLL(str(_plugin()))
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        return f"Qt lacks a library of the system: {error}; on Debian: apt install {PACKAGES}"
    return None if _answers(xcb, display) else f"no screen answers at DISPLAY={display}"


def _plugin() -> Path:
    found = importlib.util.find_spec("PySide6")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "Qt/plugins/platforms/libqxcb.so"


def _answers(xcb: ctypes.CDLL, display: str) -> bool:
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    try:
        return xcb.xcb_connection_has_error(connection) == 0
    finally:
        xcb.xcb_disconnect(connection)
