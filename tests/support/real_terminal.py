"""Runs the command line in a real terminal (POSIX)."""

import os
import pty
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.support.program import COMMAND, ROOT, homes

TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(1, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


class Window:
    """The program in a terminal of 80 columns that is its own, as after a click on an icon."""

    def __init__(self, *arguments: str, folder: Path, **env: str) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        self._open = True
        self._shown = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_TERMINAL, *COMMAND, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm", **homes(folder), **env},
        )
        os.close(theirs)

    def read_to(self, text: str) -> None:
        """Wait until this was shown."""
        while text.encode() not in self._shown:
            self._shown += os.read(self._ours, 65536)

    def read_all(self) -> str:
        """All that was shown, once the program has ended."""
        with suppress(OSError):  # EIO: nobody has the terminal open any more
            while chunk := os.read(self._ours, 65536):
                self._shown += chunk
        return self._shown.decode()

    def close(self) -> None:
        """Close the window."""
        if self._open:
            self._open = False
            os.close(self._ours)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
