"""Process groups, minded by a keeper that outlives Solofleet by a moment (POSIX)."""

import asyncio
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final, Self

from core.errors import FleetError
from core.workers import keeper

PATIENCE_S: Final = 2.0
QUICK_DEATH_S: Final = 1.0
QUICK_DEATHS: Final = 3


class PosixContainment:
    """A process group for each child, and one keeper for all.

    The keeper is told of each group and kills what is left when Solofleet is gone,
    however that happened. A keeper that dies is replaced, and that is said.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._token = secrets.token_hex(8)
        self._keeper = _Keeper(self._token, self._pgids, say)
        self._holds: set[PosixHold] = set()
        self._count = 0
        self._empty = asyncio.Event()

    @property
    def keeper_pid(self) -> int | None:
        """The keeper's process id; None when none runs."""
        return self._keeper.pid

    async def __aenter__(self) -> Self:
        try:
            self._keeper.start()
        except OSError as error:
            raise FleetError(
                "the keeper that ends all workers with Solofleet could not be started",
                f"{sys.executable}: {error.strerror or error}",
                "repair the Python installation that Solofleet runs with",
            ) from error
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for hold in self._holds:
            hold.kill()
        try:
            async with asyncio.timeout(PATIENCE_S):
                if self._holds:
                    await self._empty.wait()
        except TimeoutError:
            pass  # a process stuck in the kernel; the keeper tries once more
        finally:
            await self._keeper.leave()

    def hold(self) -> "PosixHold":
        """A hold for one child that is about to be started."""
        self._count += 1
        return PosixHold(self, f"{self._token}.{self._count}.")

    def adopted(self, hold: "PosixHold") -> None:
        """A group is there: its number goes to the keeper."""
        self._holds.add(hold)
        self._empty.clear()
        self._keeper.tell(f"+{hold.pgid}\n")

    def released(self, hold: "PosixHold") -> None:
        """A group is over: its number may be given to another process."""
        self._holds.discard(hold)
        self._keeper.tell(f"-{hold.pgid}\n")
        if not self._holds:
            self._empty.set()

    def _pgids(self) -> tuple[int, ...]:
        return tuple(hold.pgid for hold in self._holds)


class PosixHold:
    """One child's process group; on Linux also the descendants that left it."""

    options: Mapping[str, Any] = {"start_new_session": True}

    def __init__(self, containment: PosixContainment, token: str) -> None:
        self.pgid = 0
        self._containment = containment
        self._token = token
        self._started: int | None = None

    @property
    def env(self) -> Mapping[str, str]:
        """The mark by which descendants are found, behind that of an outer Solofleet."""
        outer = os.environ.get(keeper.TOKEN_VARIABLE, "")
        return {keeper.TOKEN_VARIABLE: f"{outer}:{self._token}"}

    def adopt(self, pid: int) -> None:
        """Tell the keeper of the group, which has its leader's number."""
        self.pgid = pid
        self._started = keeper.started_at(pid)
        self._containment.adopted(self)

    def kill(self) -> None:
        """SIGKILL to the group, then to those that left it."""
        keeper.kill_group(self.pgid, self._started)
        keeper.kill_marked(self._token)

    def release(self) -> None:
        """End what is left of the group and forget its number."""
        self.kill()
        self._containment.released(self)


class _Keeper:
    """The keeper process as Solofleet sees it.

    It is started with plain `subprocess`, not through the loop: a dead one is replaced
    from a callback, where nothing can be awaited. Its standard output says nothing; its
    end tells of the death.
    """

    def __init__(
        self, token: str, pgids: Callable[[], tuple[int, ...]], say: Callable[[str], None]
    ) -> None:
        self._token = token
        self._pgids = pgids
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._quick_deaths = 0
        self._gone = asyncio.Event()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it and tell it all groups. Raises OSError."""
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", keeper.__file__, self._token],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            bufsize=0,
        )
        self._started = time.monotonic()
        assert self._process.stdin is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        asyncio.get_running_loop().add_reader(self._out(self._process), self._died)
        for pgid in self._pgids():
            self.tell(f"+{pgid}\n")

    def tell(self, line: str) -> None:
        """Pass a line on; a keeper that cannot take it is replaced, and then told all."""
        if self._process is None or self._process.stdin is None:
            return
        try:
            os.write(self._process.stdin.fileno(), line.encode())
        except OSError:  # dead, or it has not read for thousands of lines
            self._process.kill()

    async def leave(self) -> None:
        """Let it end what is left, and go."""
        if self._process is None:
            return
        process, self._process = self._process, None
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._gone.wait()
        except TimeoutError:
            process.kill()
        finally:
            self._bury(process)

    def _died(self) -> None:
        if self._process is None:
            self._gone.set()
            return
        self._bury(self._process)
        self._process = None
        quick = time.monotonic() - self._started < QUICK_DEATH_S
        self._quick_deaths = self._quick_deaths + 1 if quick else 0
        if self._quick_deaths >= QUICK_DEATHS:
            self._say(
                "the keeper dies again and again: workers will outlive Solofleet if it is killed"
            )
            return
        self._say("the keeper that ends all workers with Solofleet died: another one is started")
        try:
            self.start()
        except OSError as error:
            self._say(f"no keeper could be started ({error}): workers may outlive Solofleet")

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        out = self._out(process)
        asyncio.get_running_loop().remove_reader(out)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    @staticmethod
    def _out(process: subprocess.Popen[bytes]) -> int:
        assert process.stdout is not None
        return process.stdout.fileno()
