"""What a built program does so that its children do not live in its bundle.

The bootloader and the hooks of PyInstaller set variables for the program itself, by which a user's
Python would load our libraries, or its Qt our plugins. What they change (PyInstaller's manual,
"Launching external programs from the frozen application"; `pyi_rth_pyside6`): LD_LIBRARY_PATH,
DYLD_LIBRARY_PATH, PATH, the places of Qt's plugins, and on Windows the folder in which DLLs are
searched, which children inherit.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_LISTS: Final = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_PLACES: Final = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
_BOOTLOADER: Final = "_PYI_"
_BEFORE: Final = "LD_LIBRARY_PATH_ORIG"


def leave_bundle() -> None:
    """Mend the environment of this process; nothing where it is not a built program.

    Called once, before anything is started. Qt finds its plugins by where it lies itself.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is None:
        return
    mended = without_bundle(os.environ, Path(bundle))
    for name in os.environ.keys() - mended.keys():
        del os.environ[name]
    os.environ.update(mended)
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # only there

        os.add_dll_directory(bundle)  # for this process alone
        ctypes.WinDLL("kernel32").SetDllDirectoryW(None)


def without_bundle(environ: Mapping[str, str], bundle: Path) -> dict[str, str]:
    """The environment as it was before the program in the folder `bundle` started."""
    mended: dict[str, str] = {}
    for name, value in environ.items():
        if name.startswith(_BOOTLOADER) or name == _BEFORE:
            continue
        if name in _PLACES and Path(value).is_relative_to(bundle):
            continue
        if name.upper() in _LISTS:
            folders = value.split(os.pathsep)
            outside = [each for each in folders if not each or Path(each) != bundle]
            if folders != outside and not any(outside):
                continue
            value = os.pathsep.join(outside)
        mended[name] = value
    if before := environ.get(_BEFORE):
        mended["LD_LIBRARY_PATH"] = before
    return mended
