"""The built program of Windows that has no console: the window, and nothing else."""

import sys

from core.frozen.leaving import leave_bundle
from desktop.launch import main

if __name__ == "__main__":
    leave_bundle()
    arguments = sys.argv[1:]
    if arguments in ([], ["demo"]):
        sys.exit(main(arguments))
    if sys.platform == "win32":
        import ctypes

        typed = "Solofleet.exe is the window alone, with nowhere to print to."
        fix = f"In a terminal type: solofleet-cli {' '.join(arguments)}"
        ctypes.windll.user32.MessageBoxW(None, f"{typed}\n\n{fix}", "Solofleet", 0)
    sys.exit(2)
