"""One child process: bytes to it, bytes from it, and its end.

Reading goes through `SubprocessProtocol.pipe_data_received`, in chunks. After a small
read the pipe is left alone for 10 ms, so a child that writes many small lines costs one
wake-up per pause instead of one per line; the pipe's own buffer holds what comes
meanwhile. One timer per child does it for both pipes: some loops keep a timer until it
expires even when it is cancelled.
"""

import asyncio
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, cast

import psutil

from core.errors import FleetError
from core.workers.containment import Containment, Hold

SMALL_READ: Final = 2048
PAUSE_S: Final = 0.010
LAST_WORDS_S: Final = 1.0
UNREAD_LIMIT: Final = 1 << 20

_STDIN, _STDOUT, _STDERR = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Exit:
    """How a process ended: with a code, or by a signal (POSIX); the other one is None.

    Windows has codes only, unsigned, as GetExitCodeProcess gives them.
    """

    code: int | None
    signal: int | None = None


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """What to start. `title` is what people call it, `env` its whole environment.

    Without `takes_commands` its standard input is the null device.
    """

    title: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path
    takes_commands: bool = False


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


class Child:
    """A process that was started by `spawn`.

    `created_at` is its start in seconds since the epoch as psutil tells it: together with
    `pid` it names the process beyond any reuse of the number.
    """

    def __init__(self, title: str, conversation: "_Conversation", created_at: float) -> None:
        self.title = title
        self.pid = conversation.transport.get_pid()
        self.created_at = created_at
        self.unsent = 0
        self._conversation = conversation

    def send(self, line: bytes) -> None:
        """Write to its standard input; silent when the child is gone or takes no commands.

        When a megabyte waits unread the line is dropped, and counted in `unsent`.
        """
        stdin = self._stdin()
        if stdin is None or stdin.is_closing():
            return
        if stdin.get_write_buffer_size() > UNREAD_LIMIT:
            self.unsent += 1
        else:
            stdin.write(line)

    def end_input(self) -> None:
        """Close its standard input, after what was sent: the child reads the end of file."""
        if stdin := self._stdin():
            stdin.close()

    def kill(self) -> None:
        """End it and its descendants at once; nothing when it has ended."""
        self._conversation.kill()

    async def wait(self) -> Exit:
        """How it ended, as soon as the listener has heard of it."""
        await self._conversation.over.wait()
        assert self._conversation.exit is not None
        return self._conversation.exit

    def _stdin(self) -> asyncio.WriteTransport | None:
        # typeshed: get_pipe_transport gives a BaseTransport; that of stdin can write
        return cast(
            "asyncio.WriteTransport | None",
            self._conversation.transport.get_pipe_transport(_STDIN),
        )


async def spawn(spec: ChildSpec, listener: Listener, containment: Containment) -> Child:
    """Start a child in its containment; the listener hears it from its first byte.

    Raises FleetError when there is no such program or folder, it may not be run, or it
    cannot be contained (then it is not left running).
    """
    if not spec.cwd.is_dir():
        raise FleetError(
            f"{spec.title} could not be started",
            f"its working directory {spec.cwd} is not there",
            "create the folder, or name another working directory",
        )
    hold = containment.hold()
    conversation = _Conversation(listener, hold)
    try:
        await asyncio.get_running_loop().subprocess_exec(
            lambda: conversation,
            *spec.argv,
            stdin=subprocess.PIPE if spec.takes_commands else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=spec.cwd,
            env={**spec.env, **hold.env},
            **hold.options,
        )
    except (OSError, ValueError) as error:
        raise _not_started(spec, error) from error
    if conversation.refused is not None:
        await conversation.over.wait()
        raise conversation.refused
    return Child(spec.title, conversation, _created_at(conversation.transport.get_pid()))


def _created_at(pid: int) -> float:
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:  # it has ended already
        return time.time()


def _not_started(spec: ChildSpec, error: OSError | ValueError) -> FleetError:
    what = f"{spec.title} could not be started"
    program = spec.argv[0]
    match error:
        case FileNotFoundError():
            return FleetError(
                what,
                f"there is no program {program}",
                "check the path, or choose another interpreter with --python",
            )
        case PermissionError():
            return FleetError(
                what,
                f"{program} may not be run by this user",
                "check that it is a program and that its permissions let you run it",
            )
        case OSError():
            return FleetError(
                what,
                f"the system refused to run {program}: {error.strerror or error}",
                "run it by hand in a terminal: the same refusal shows there",
            )
        case _:
            return FleetError(
                what,
                f"its arguments or variables cannot be passed on: {error}",
                "look for a null character in the command and the environment",
            )


class _Conversation(asyncio.SubprocessProtocol):
    """Carries bytes from the pipes to the listener and finds out when all is said."""

    transport: asyncio.SubprocessTransport

    def __init__(self, listener: Listener, hold: Hold) -> None:
        self.exit: Exit | None = None
        self.over = asyncio.Event()
        self.refused: FleetError | None = None
        self._listener = listener
        self._hold = hold
        self._open = {_STDOUT, _STDERR}
        self._resting: set[int] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    def kill(self) -> None:
        if self.exit is None:
            self._hold.kill()

    # What the loop calls, in this order: connection_made, then the others.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.SubprocessTransport", transport)
        try:
            self._hold.adopt(self.transport.get_pid())
        except FleetError as error:
            self.refused = error
            self.transport.close()  # which kills it

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if self.exit is not None:
            return
        if fd == _STDOUT:
            self._listener.out(data)
        else:
            self._listener.err(data)
        if len(data) < SMALL_READ and self.transport.get_returncode() is None:
            self._rest(fd)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        self._open.discard(fd)
        self._finish_if_all_is_said()

    def process_exited(self) -> None:
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
