"""Runs the command line in a real terminal (POSIX)."""

import os
import pty
import subprocess
import termios
from contextlib import suppress
from pathlib import Path

from tests.support.program import COMMAND, ROOT, homes


def on_a_screen(*arguments: str, folder: Path, **env: str) -> tuple[int, str]:
    """Runs the program in a terminal of 80 columns: its exit code, and all that was shown."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    program = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", **homes(folder), **env},
    )
    os.close(theirs)
    shown = bytearray()
    with suppress(OSError):  # EIO: nobody has the terminal open any more
        while chunk := os.read(ours, 65536):
            shown += chunk
    os.close(ours)
    return program.wait(10), shown.decode()
