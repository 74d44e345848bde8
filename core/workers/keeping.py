"""The keeper as Solofleet sees it: started, told, replaced when it dies (POSIX)."""

import asyncio
import socket
import subprocess
import time
from collections.abc import Callable
from typing import Final

from core.frozen import own
from core.workers import keeper

PATIENCE_S: Final = 2.0
QUICK_DEATH_S: Final = 1.0
QUICK_DEATHS: Final = 3


class Keeper:
    """One keeper process after another, told of every group that lives.

    It reads from a socket whose other end only Solofleet has: its end of file means that
    Solofleet is gone, ours that the keeper is. It is started with plain `subprocess`, not
    through the loop, since a dead one is replaced from a callback, where nothing can be
    awaited.
    """

    def __init__(
        self, token: str, pgids: Callable[[], tuple[int, ...]], say: Callable[[str], None]
    ) -> None:
        self._token = token
        self._pgids = pgids
        self._say = say
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        self._leaving = False
        self._gone = asyncio.Event()
        self._started = 0.0
        self._quick_deaths = 0

    @property
    def pid(self) -> int | None:
        """Its process id; None when none runs."""
        return self._running[0].pid if self._running else None

    def start(self) -> None:
        """Start one and tell it all groups. Raises OSError."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = subprocess.Popen(
                    [str(own.OWN_PYTHON), "-I", "-S", keeper.__file__, self._token],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    start_new_session=True,
                )
            except OSError:
                ours.close()
                raise
        ours.setblocking(False)
        self._started = time.monotonic()
        self._running = process, ours
        asyncio.get_running_loop().add_reader(ours, self._died)
        for pgid in self._pgids():
            self.tell(f"+{pgid}\n")

    def tell(self, line: str) -> None:
        """Pass a line on; a keeper that cannot take it is replaced, and the next told all."""
        if self._running is None:
            return
        process, ours = self._running
        try:
            ours.sendall(line.encode())
        except OSError:  # dead, or it has not read for thousands of lines
            process.kill()

    async def leave(self) -> None:
        """Let it kill what is left, and go."""
        if self._running is None:
            return
        self._leaving = True
        process, ours = self._running
        ours.shutdown(socket.SHUT_WR)
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._gone.wait()
        except TimeoutError:
            process.kill()
        finally:
            self._bury()

    def _died(self) -> None:
        if self._leaving:
            self._gone.set()
            return
        self._bury()
        quick = time.monotonic() - self._started < QUICK_DEATH_S
        self._quick_deaths = self._quick_deaths + 1 if quick else 0
        if self._quick_deaths >= QUICK_DEATHS:
            self._say("the keeper dies again and again: workers will outlive a killed Solofleet")
            return
        try:
            self.start()
        except OSError as error:
            self._say(f"no keeper could be started ({error}): workers outlive a killed Solofleet")
        else:
            self._say("the keeper that ends all workers with Solofleet died: another has started")

    def _bury(self) -> None:
        assert self._running is not None
        process, ours = self._running
        self._running = None
        asyncio.get_running_loop().remove_reader(ours)
        ours.close()
        process.wait()
