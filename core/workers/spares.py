"""A spare process: it has imported the app and waits for the name under which it is to work.

With it a worker that is replaced is back in the time of a connect; without it the app is imported
anew. It costs the memory of one more worker. It has the code of the moment in which it was
started, as a child of prefork has that of its parent; so whoever asks for a start gets fresh code
and no spare.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from core.errors import FleetError
from core.workers.containment import Containment
from core.workers.conversation import Exit, Listener
from core.workers.process import Child, spawn
from core.workers.spec import WorkerSpec

NAME: Final = "spare"
READY: Final = b'"kind":"spare"'
KEPT: Final = 1 << 20
"""Bytes of its log that are kept: it may wait for days, and threads of the app go on logging."""


class _Spare:
    """Hears the process until a worker takes it over; what it said by then is told again."""

    child: Child

    def __init__(self) -> None:
        self.ready = False
        self.over = asyncio.Event()
        self.listener: Listener | None = None
        self._out = b""
        self._err = b""

    def out(self, chunk: bytes) -> None:
        if self.listener is not None:
            self.listener.out(chunk)
            return
        self._out += chunk
        self.ready = self.ready or READY in self._out

    def err(self, chunk: bytes) -> None:
        if self.listener is not None:
            self.listener.err(chunk)
        else:
            self._err = (self._err + chunk)[-KEPT:]

    def exited(self, exit: Exit) -> None:
        self.over.set()
        if self.listener is not None:
            self.listener.exited(exit)

    def hand_over(self, listener: Listener) -> Child:
        self.listener = listener
        self.over.set()
        if self._err:
            listener.err(self._err)
        listener.out(self._out)
        return self.child


class Spares:
    """Keeps at most one for the workers of `spec`, if that is wanted at all."""

    def __init__(
        self,
        spec: WorkerSpec,
        containment: Containment,
        jobs: asyncio.TaskGroup,
        born: Callable[[Child], None],
        gone: Callable[[int], None],
    ) -> None:
        self.spec = spec
        self._containment = containment
        self._jobs = jobs
        self._born = born
        self._gone = gone
        self._spare: _Spare | None = None

    def keep(self) -> None:
        """See that there is one, or is going to be."""
        if self.spec.spare and self._spare is None:
            self._spare = spare = _Spare()
            self._jobs.create_task(self._live(spare))

    def take(self, listener: Listener) -> Child | None:
        """The process, which from now on belongs to the caller and is heard by `listener`."""
        spare = self._spare
        if spare is None or not spare.ready or spare.over.is_set():
            return None
        self._spare = None
        return spare.hand_over(listener)

    def drop(self) -> None:
        """End it: its code is old, or nobody will need it."""
        if self._spare is not None:
            self._spare.over.set()
            self._spare = None

    async def _live(self, spare: _Spare) -> None:
        try:
            spare.child = await spawn(self.spec.child(NAME), spare, self._containment)
        except FleetError:
            return  # the next worker that starts will tell why
        self._born(spare.child)
        try:
            spare.child.send(self.spec.first_words(NAME, is_spare=True))
            await spare.over.wait()
        finally:
            if spare.listener is None:
                spare.child.kill()
                self._gone(spare.child.pid)
            if self._spare is spare:
                self._spare = None
