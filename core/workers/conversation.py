"""What passes between a child and its listener: bytes as they come, then the end.

Reading goes through `SubprocessProtocol.pipe_data_received`, in chunks. After a small
read the pipe is left alone for 10 ms, so a child that writes many small lines costs one
wake-up per pause instead of one per line; the pipe's own buffer holds what comes
meanwhile. One timer per child does it for both pipes: some loops keep a timer until it
expires even when it is cancelled.
"""

import asyncio
import sys
from dataclasses import dataclass
from typing import Final, Protocol, cast

from core.errors import FleetError
from core.workers.containment import Hold

# A pipe holds 64 KiB on POSIX, 8 KiB as asyncio makes it on Windows (windows_utils.BUFSIZE): what
# is small beside that. The telemetry of 900 tasks/s is 5 KB in a pause.
SMALL_READ: Final = 2048 if sys.platform == "win32" else 8192
PAUSE_S: Final = 0.010
LAST_WORDS_S: Final = 1.0

_STDOUT, _STDERR = 1, 2


@dataclass(frozen=True, slots=True)
class Exit:
    """How a process ended: with a code, or by a signal (POSIX); the other one is None.

    Windows has codes only, unsigned, as GetExitCodeProcess gives them.
    """

    code: int | None
    signal: int | None = None


class Listener(Protocol):
    """Whoever hears a child. Each call must return soon: it runs in the loop."""

    def out(self, chunk: bytes) -> None:
        """Bytes from standard output, cut anywhere."""
        ...

    def err(self, chunk: bytes) -> None:
        """Bytes from standard error, cut anywhere."""
        ...

    def exited(self, exit: Exit) -> None:
        """Called once and last, after both pipes have given their last byte.

        When a grandchild holds a pipe open, it comes a second after the death.
        """
        ...


class Conversation(asyncio.SubprocessProtocol):
    """Carries bytes from the pipes to the listener and finds out when all is said."""

    transport: asyncio.SubprocessTransport

    def __init__(self, listener: Listener, hold: Hold, *, one_pipe: bool) -> None:
        self.exit: Exit | None = None
        self.over = asyncio.Event()
        self.refused: FleetError | None = None
        self._listener = listener
        self._hold = hold
        self._open = {_STDOUT} if one_pipe else {_STDOUT, _STDERR}
        self._resting: set[int] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    def kill(self) -> None:
        """End the child and its descendants at once; nothing when it has ended."""
        if self.exit is None:
            self._hold.kill()

    # What the loop calls, in this order: connection_made, then the others.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """There is a process: take hold of it."""
        self.transport = cast("asyncio.SubprocessTransport", transport)
        try:
            self._hold.adopt(self.transport.get_pid())
        except FleetError as error:
            self.refused = error
            self.transport.close()  # which kills it

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """It wrote something."""
        if self.exit is not None:
            return
        chunk = bytes(data)  # the Windows loop gives a bytearray after a pause
        if fd == _STDOUT:
            self._listener.out(chunk)
        else:
            self._listener.err(chunk)
        if len(chunk) < SMALL_READ and self.transport.get_returncode() is None:
            self._rest(fd)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """It, and who inherited this pipe of it, will write nothing more there."""
        self._open.discard(fd)
        self._finish_if_all_is_said()

    def process_exited(self) -> None:
        """It has ended; others may still hold its pipes."""
        self._wake()
        self._finish_if_all_is_said()
        if self.exit is None:
            self._timer = self._loop.call_later(LAST_WORDS_S, self._finish)

    def _rest(self, fd: int) -> None:
        self._reader(fd).pause_reading()
        self._resting.add(fd)
        if self._timer is None:
            self._timer = self._loop.call_later(PAUSE_S, self._wake)

    def _wake(self) -> None:
        self._drop_timer()
        for fd in self._resting:
            self._reader(fd).resume_reading()
        self._resting.clear()

    def _drop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _reader(self, fd: int) -> asyncio.ReadTransport:
        # typeshed: get_pipe_transport gives a BaseTransport; these two can read
        return cast("asyncio.ReadTransport", self.transport.get_pipe_transport(fd))

    def _finish_if_all_is_said(self) -> None:
        if not self._open and self.transport.get_returncode() is not None:
            self._finish()

    def _finish(self) -> None:
        if self.exit is not None:
            return
        self._drop_timer()
        code = self.transport.get_returncode()
        assert code is not None
        self.exit = Exit(code) if code >= 0 else Exit(None, -code)
        self._hold.release()
        self.transport.close()
        if self.refused is None:
            self._listener.exited(self.exit)
        self.over.set()
