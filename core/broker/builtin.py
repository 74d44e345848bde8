"""The built-in broker: a server of our own, for as long as a session lasts.

It listens on a free port of the loopback address and keeps all in memory.
"""

import asyncio
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Final, Self

from core.broker.servers import ServerChoice, find_server
from core.errors import UNAVAILABLE, FleetError
from core.workers.containment import Containment
from core.workers.process import Child, ChildSpec, Exit, spawn

READY_S: Final = 10.0
_TRIES: Final = 3
_KEPT: Final = 2000  # bytes of what the server said last
_SILENT_S: Final = 5.0


def env(url: str) -> dict[str, str]:
    """Give the variables by which Celery takes this broker, and it for results, over any other."""
    names = ("CELERY_BROKER_URL", "CELERY_BROKER_READ_URL", "CELERY_BROKER_WRITE_URL")
    return dict.fromkeys((*names, "CELERY_RESULT_BACKEND"), url)


def free_port() -> int:
    """Find a port of the loopback address that no one listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class BuiltinBroker:
    """Runs a server during `async with`, contained like any child; `environ` is its environment.

    Entering raises FleetError when there is no server, or none comes up within `ready_s`; a
    server that ends at once, as when its port was taken meanwhile, is tried again on another
    port. `silent_s` is how long a server must live that does not say when it is ready. Once
    entered, `url`, `choice` (with its label), `child` and `latency_ms`, of one PING, tell about it.
    """

    url: str
    choice: ServerChoice
    child: Child
    latency_ms: float

    def __init__(
        self,
        containment: Containment,
        environ: Mapping[str, str],
        choice: ServerChoice | None = None,
        *,
        find_port: Callable[[], int] = free_port,
        ready_s: float = READY_S,
        silent_s: float = _SILENT_S,
    ) -> None:
        self._containment = containment
        self._environ = environ
        self._wanted = choice
        self._find_port = find_port
        self._ready_s = ready_s
        self._silent_s = silent_s
        self._words = _LastWords()

    async def __aenter__(self) -> Self:
        self.choice = self._wanted or await asyncio.to_thread(find_server)
        async with AsyncExitStack() as stack:
            folder = TemporaryDirectory(prefix="solofleet-broker-", ignore_cleanup_errors=True)
            await self._start(stack, Path(stack.enter_context(folder)))
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def died(self) -> FleetError:
        """Wait until the server ends, whatever the reason, and give that as an error."""
        await self.child.wait()
        return self._error("ended, and all messages in it are lost", self._words.told())

    async def _start(self, stack: AsyncExitStack, folder: Path) -> None:
        for _ in range(_TRIES):
            port = self._find_port()
            self._words = _LastWords()
            spec = ChildSpec(
                title=f"built-in broker ({self.choice.label})",
                argv=self.choice.argv(port),
                env=self._environ,
                cwd=folder,
                takes_commands=self.choice.slow,
            )
            self.child = await spawn(spec, self._words, self._containment)
            stack.push_async_callback(_end, self.child)
            if await self._comes_up(port):
                self.url = f"redis://127.0.0.1:{port}/0"
                return
        raise self._error("could not be started", self._words.told())

    async def _comes_up(self, port: int) -> bool:
        """Wait until the server answers; False when it ended instead.

        An answer alone could come from whoever took the port before ours did. So the server has
        to say that it is ready, or to live for some seconds; fakeredis, slow to start, must say.
        """
        words = self._words
        try:
            async with asyncio.timeout(self._ready_s):
                with suppress(TimeoutError):
                    async with asyncio.timeout(None if self.choice.slow else self._silent_s):
                        await words.ready_or_gone.wait()
                while words.exit is None:
                    if (latency_s := await _ping(port)) is not None:
                        self.latency_ms = latency_s * 1000
                        return True
                    await asyncio.sleep(0.05)
                return False
        except TimeoutError:
            why = f"it did not answer within {self._ready_s:g} s; {words.told()}"
            raise self._error("could not be started", why) from None

    def _error(self, what: str, why: str) -> FleetError:
        return FleetError(
            f"the built-in broker, {self.choice.label}, {what}",
            why,
            f"run {self.choice.command[0]} by hand to see, or choose another broker (--broker URL)",
            exit_code=UNAVAILABLE,
        )


async def _end(child: Child) -> None:
    child.kill()
    await child.wait()


async def _ping(port: int) -> float | None:
    """How long the server takes to answer, in seconds; None when it does not."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return None
    try:
        start = time.perf_counter()
        writer.write(b"*1\r\n$4\r\nPING\r\n")
        answer = await reader.read(16)
        return time.perf_counter() - start if answer.startswith(b"+PONG") else None
    except OSError:
        return None
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


class _LastWords:
    """Hears a server: whether it is ready, how it ended, and what it said last."""

    def __init__(self) -> None:
        self.ready_or_gone = asyncio.Event()
        self.exit: Exit | None = None
        self._said = b""

    def out(self, chunk: bytes) -> None:
        self._said = (self._said + chunk)[-_KEPT:]
        if b"eady to accept connections" in self._said:
            self.ready_or_gone.set()

    err = out

    def exited(self, exit: Exit) -> None:
        self.exit = exit
        self.ready_or_gone.set()

    def told(self) -> str:
        lines = self._said.decode("utf-8", "replace").strip().splitlines()[-5:]
        said = f"it said: {' | '.join(lines)}" if lines else "it said nothing"
        if self.exit is None:
            return said
        code, signal = self.exit.code, self.exit.signal
        ended = f"exit code {code}" if signal is None else f"killed by signal {signal}"
        return f"{ended}; {said}"
