"""One child process: started, spoken to, killed, waited for."""

import asyncio
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import psutil

from core.errors import FleetError
from core.workers.containment import Containment
from core.workers.conversation import Conversation, Exit, Listener

__all__ = ["Child", "ChildSpec", "Exit", "Listener", "spawn"]

UNREAD_LIMIT: Final = 1 << 20
LONGEST_FOLDER: Final = 258
"""Characters of a path in which Windows starts a program, long paths allowed or not: MAX_PATH - 2
(learn.microsoft.com, `CreateProcessW`, `SetCurrentDirectory`); beyond, it says WinError 267."""

_STDIN = 0


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """What to start. `title` is what people call it, `env` its whole environment.

    Without `takes_commands` its standard input is the null device. With `one_pipe` standard error
    goes the way of standard output, so that what it writes to both keeps its order.
    """

    title: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path
    takes_commands: bool = False
    one_pipe: bool = False


class Child:
    """A process that was started by `spawn`.

    `created_at` is its start in seconds since the epoch as psutil tells it: together with
    `pid` it names the process beyond any reuse of the number.
    """

    def __init__(self, title: str, conversation: Conversation, created_at: float) -> None:
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
    async with containment.births:
        hold = containment.hold()
        conversation = Conversation(listener, hold, one_pipe=spec.one_pipe)
        try:
            await asyncio.get_running_loop().subprocess_exec(
                lambda: conversation,
                *spec.argv,
                stdin=subprocess.PIPE if spec.takes_commands else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if spec.one_pipe else subprocess.PIPE,
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
        case NotADirectoryError() if len(str(spec.cwd)) > LONGEST_FOLDER:
            return FleetError(
                what,
                f"Windows starts no program in a folder of so long a path ({spec.cwd})",
                "move the project nearer to the root of its drive",
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
