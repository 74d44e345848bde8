"""Standard output for results, standard error for all else; either may go away."""

import errno
import getpass
import os
import signal
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TextIO

from core.cli.screen import columns, takes_escapes

CLEAR_LINE: Final = "\r\x1b[2K"


class Terminal:
    """What a command reads and writes.

    `person`: somebody reads standard output as it comes. `colour`: standard output takes colours.
    `live`: standard error is a screen of `width()` columns, on which a line can be replaced. When
    standard output takes no more (`| head` has read enough, the disk is full), the rest is dropped
    and `on_broken` is called once.
    """

    def __init__(
        self,
        out: TextIO,
        err: TextIO,
        stdin: TextIO | None = None,
        *,
        person: bool = False,
        colour: bool = False,
        live: bool = False,
        width: Callable[[], int] = lambda: 80,
    ) -> None:
        self.person = person
        self.colour = colour
        self.on_broken: Callable[[], None] = lambda: None
        self._out = _Stream(out)
        self._err = _Stream(err)
        self._in = stdin
        self._live = live
        self._width = width
        self._progress = ""

    def line(self, *lines: str) -> None:
        """Lines on standard output, all in one piece."""
        if self._out.broken:
            return
        self._clear_progress()
        error = self._out.write("\n".join((*lines, "")))
        self._draw_progress()
        if error is None:
            return
        if not _reader_left(error):  # whoever left knows
            self.aside(f"standard output takes no more: {error.strerror or error}")
        self.on_broken()

    def has(self, characters: str) -> bool:
        """Whether the encoding of standard output has these characters."""
        return self._out.has(characters)

    def aside(self, text: str) -> None:
        """A line on standard error."""
        self._clear_progress()
        self._err.write(f"{text}\n")
        self._draw_progress()

    def progress(self, text: str) -> None:
        """Replace the line that stays below all others; nothing where it could not be."""
        if self._live and text != self._progress:
            self._clear_progress()
            self._progress = text
            self._draw_progress()

    def ask(self, question: str) -> bool:
        """Whether a person says yes; no when there is none to be asked. Ctrl+C interrupts."""
        return (self.ask_for(f"{question} [y/N]") or "").lower() in ("y", "yes")

    def ask_for(self, question: str) -> str | None:
        """What a person types, without spaces around it; None when there is none to be asked.

        Ctrl+C interrupts.
        """
        if self._in is None or not self._in.isatty():
            return None
        self._err.write(f"{question} ")
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return self._in.readline().strip()
        finally:
            signal.signal(signal.SIGINT, before)

    def ask_secret(self, question: str) -> str:
        """What a person types unseen, or the first line of standard input that is no terminal."""
        if self._in is None:
            return ""
        if self._in.isatty():
            return getpass.getpass(f"{question} ").strip()
        return self._in.readline().strip()

    def _clear_progress(self) -> None:
        if self._progress:
            self._err.write(CLEAR_LINE)

    def _draw_progress(self) -> None:
        """What would wrap to a second row could not be cleared, so it is cut."""
        if self._progress:
            self._err.write(self._progress[: self._width() - 1])


class _Stream:
    """Takes text until that fails once."""

    def __init__(self, stream: TextIO) -> None:
        self.broken = False
        self._stream = stream

    def has(self, characters: str) -> bool:
        try:
            characters.encode(self._stream.encoding or "utf-8")
        except UnicodeEncodeError:
            return False
        return True

    def write(self, text: str) -> OSError | None:
        if self.broken:
            return None
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError as error:
            self.broken = True
            _send_to_nowhere(self._stream)
            return error
        return None


def _reader_left(error: OSError) -> bool:
    """Windows says "Invalid argument" of a pipe without a reader (bugs.python.org/issue35754)."""
    return isinstance(error, BrokenPipeError) or (
        sys.platform == "win32" and error.errno == errno.EINVAL
    )


def _send_to_nowhere(stream: TextIO) -> None:
    """Keep the interpreter from failing once more when it flushes the stream at its end."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)


def real_terminal(environ: Mapping[str, str]) -> Terminal:
    """The terminal of this process; what its encoding cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    return Terminal(
        sys.stdout,
        sys.stderr,
        sys.stdin,
        person=sys.stdout.isatty(),
        colour=takes_escapes(sys.stdout, environ) and not environ.get("NO_COLOR"),
        live=takes_escapes(sys.stderr, environ),
        width=partial(columns, sys.stderr),
    )
