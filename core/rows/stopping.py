"""How a row is asked to end, as its terminal would ask: a signal, or on Windows Ctrl+C."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.frozen.own import OWN_PYTHON

_CTRL_C: Final = Path(__file__).with_name("ctrl_c.py")
_HELPED_S: Final = 5.0


def ask_to_end(pid: int, stop_signal: str) -> bool:
    """Ask the process, and whoever shares its group or its console; whether that was possible.

    `stop_signal` is a name without SIG; Windows has none of them. Blocks up to 5 s there: call it
    in a thread.
    """
    if sys.platform == "win32":
        return _interrupt_console(pid)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.Signals[f"SIG{stop_signal}"])
    return True


def _interrupt_console(pid: int) -> bool:
    """Ctrl+C reaches a console only from within, so a process of its own goes there.

    CTRL_BREAK would end most programs at once: neither uvicorn nor Celery hears it.
    """
    try:
        done = subprocess.run(
            (str(OWN_PYTHON), "-I", "-S", str(_CTRL_C), str(pid)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_HELPED_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
