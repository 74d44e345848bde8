"""The built program of Windows that has no console: the window, and nothing else."""

import os
import sys
from pathlib import Path

from core.frozen.leaving import leave_bundle
from desktop.launch import main

if sys.platform == "win32":
    import ctypes

_MB_ICONINFORMATION = 0x40


def say(text: str) -> None:
    """Say what would be printed, in a box of the system's own."""
    if sys.platform == "win32":
        ctypes.WinDLL("user32").MessageBoxW(None, text, "Solofleet", _MB_ICONINFORMATION)


if __name__ == "__main__":
    leave_bundle()
    # Without a console Python has no streams, and whoever writes a warning would fail.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or sys.stdout
    arguments = sys.argv[1:]
    if arguments in ([], ["demo"]) or (len(arguments) == 1 and Path(arguments[0]).is_dir()):
        sys.exit(main(arguments))
    typed = "Solofleet.exe shows the window, and has no terminal to print to."
    say(f"{typed}\n\nIn a terminal, type: solofleet-cli {' '.join(arguments)}")
    sys.exit(2)
