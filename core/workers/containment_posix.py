"""Process groups, minded by a keeper that outlives Solofleet by a moment (POSIX)."""

import asyncio
import os
import secrets
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final, Self

from core.errors import FleetError
from core.frozen import own
from core.workers import keeper
from core.workers.keeping import Keeper

PATIENCE_S: Final = 2.0


class PosixContainment:
    """A process group for each child, and one keeper for all.

    The keeper is told of each group and kills what is left when Solofleet is gone,
    however that happened. A keeper that dies is replaced, and that is said.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self.births = asyncio.Lock()
        self._token = secrets.token_hex(8)
        self._keeper = Keeper(self._token, lambda: tuple(self._holds), say)
        self._holds: dict[int, PosixHold] = {}  # by process group
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
                f"{own.OWN_PYTHON}: {error.strerror or error}",
                "repair the Python installation that Solofleet runs with",
            ) from error
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for hold in self._holds.values():
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

    def adopted(self, pgid: int, hold: "PosixHold") -> None:
        """A group is there: its number goes to the keeper."""
        self._holds[pgid] = hold
        self._empty.clear()
        self._keeper.tell(f"+{pgid}\n")

    def released(self, pgid: int) -> None:
        """A group is over: its number may be given to another process."""
        del self._holds[pgid]
        self._keeper.tell(f"-{pgid}\n")
        if not self._holds:
            self._empty.set()


class PosixHold:
    """One child's process group; on Linux also the descendants that left it."""

    options: Mapping[str, Any] = {"start_new_session": True}

    def __init__(self, containment: PosixContainment, token: str) -> None:
        self._containment = containment
        self._token = token
        self._pgid: int | None = None
        self._started: int | None = None

    @property
    def env(self) -> Mapping[str, str]:
        """The mark by which descendants are found, behind that of an outer Solofleet."""
        outer = os.environ.get(keeper.TOKEN_VARIABLE, "")
        return {keeper.TOKEN_VARIABLE: f"{outer}:{self._token}"}

    def adopt(self, pid: int) -> None:
        """Tell the keeper of the group, which has its leader's number."""
        self._pgid = pid
        self._started = keeper.started_at(pid)
        self._containment.adopted(pid, self)

    def kill(self) -> None:
        """SIGKILL to the group, then to those that left it."""
        if self._pgid is not None:
            keeper.kill_group(self._pgid, self._started)
        keeper.kill_marked(self._token)

    def release(self) -> None:
        """End what is left of the group and forget its number."""
        self.kill()
        if self._pgid is not None:
            self._containment.released(self._pgid)
            self._pgid = None
