"""Writes to the terminal: lines that may be cut off, a progress line, colours when wanted."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Final, TextIO

COLOURS: Final = (36, 33, 35, 32, 34, 96, 93, 95)
"""ANSI colours of workers, in the order of their first line."""
CLEAR_LINE: Final = "\r\x1b[2K"


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to colour: a terminal, and no NO_COLOR (https://no-color.org)."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


class Terminal:
    """Standard output for results, standard error for all else.

    When whoever reads our output leaves (`| head`), `on_broken` is called once and nothing more
    is written.
    """

    def __init__(self, environ: Mapping[str, str], out: TextIO, err: TextIO) -> None:
        self.on_broken: Callable[[], None] = lambda: None
        self._out = out
        self._err = err
        self._broken = False
        self._progress = ""
        self._colour = wants_colour(out, environ)
        self._live = err.isatty() and environ.get("TERM") != "dumb"
        self._colours: dict[str, int] = {}

    def line(self, text: str) -> None:
        """One line on standard output."""
        self._write(self._out, text + "\n")

    def aside(self, text: str) -> None:
        """One line on standard error."""
        self._write(self._err, text + "\n")

    def progress(self, text: str) -> None:
        """Replace the progress line; only where standard error is a terminal."""
        if self._live and text != self._progress:
            self._progress = text
            self._write(self._err, text, keep_progress=False)

    def prefix(self, name: str, width: int) -> str:
        """A worker's name in its colour, padded, with the bar that log lines stand behind."""
        text = f"{name:<{width}} | "
        if not self._colour:
            return text
        colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
        return f"\x1b[{colour}m{text}\x1b[0m"

    def _write(self, stream: TextIO, text: str, *, keep_progress: bool = True) -> None:
        if self._broken:
            return
        try:
            if self._live:
                text = CLEAR_LINE + text if stream is self._err else text
                if stream is self._out and self._progress:
                    self._err.write(CLEAR_LINE)
            stream.write(text)
            if self._live and keep_progress and self._progress:
                self._err.write(self._progress)
            stream.flush()
        except BrokenPipeError:
            self._broken = True
            _silence(stream)
            self.on_broken()


def _silence(stream: TextIO) -> None:
    """Keep the interpreter from writing to the broken pipe once more when it ends."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)


def real_terminal(environ: Mapping[str, str]) -> Terminal:
    """The terminal of this process, in UTF-8 that replaces what the code page cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    return Terminal(environ, sys.stdout, sys.stderr)
