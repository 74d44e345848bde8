"""New processes when source was saved: after the running task, and only for code that compiles."""

from collections.abc import Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Self

from core.errors import FleetError
from core.reload.changed import is_source, names_of, processes
from core.reload.syntax import Fault, faults
from core.rows.company import Company
from core.watching import bursts_below
from core.workers.containment import Containment
from core.workers.phase import Stage, Worker
from core.workers.spec import WorkerSpec

BURST_MS: Final = 2000
"""A burst of changes is taken for one, for so long at most."""


@dataclass(frozen=True, slots=True)
class Target:
    """Who may be given a new process, as they are at that moment; `restart` asks for one."""

    workers: Callable[[], Iterable[Worker]]
    rows: Callable[[], Iterable[Worker]]
    restart: Callable[[str], None]
    say: Callable[[str], None]

    @classmethod
    def of(
        cls, company: Company, fleet: bool, restart: Callable[..., None], say: Callable[[str], None]
    ) -> Self:
        """The rows of a company that want it, and with `fleet` all workers."""
        workers = company.fleet if fleet else tuple[Worker, ...]
        return cls(workers, company.reloading, partial(restart, patient=True), say)


class Reloader:
    """Watches the source below `root`. Code that does not compile is told, and waits for the next
    change: what runs goes on with what it has."""

    def __init__(
        self, root: Path, target: Target, spec: WorkerSpec, containment: Containment
    ) -> None:
        self._root = root
        self._target = target
        self._spec = spec
        self._containment = containment
        self._pending: set[Path] = set()

    async def run(self) -> None:
        """Watch until cancelled."""
        bursts = bursts_below(self._root, lambda file: is_source(file, self._root), BURST_MS)
        async with aclosing(bursts):
            async for files in bursts:
                self._pending |= files
                await self._changed()

    async def _changed(self) -> None:
        try:
            wrong = await faults(sorted(self._pending), self._spec, self._containment)
        except FleetError as error:
            self._target.say(f"{error.what}: {error.why}; nothing is restarted")
            return
        if wrong:
            self._target.say(f"not restarted: {self._words(wrong[0])}")
            return
        files, self._pending = names_of(self._pending, self._root), set()
        workers, rows = _running(self._target.workers()), _running(self._target.rows())
        if not workers and not rows:
            return
        self._target.say(f"{files} changed: restarting {processes(len(workers), rows)}")
        for name in (*workers, *rows):
            self._target.restart(name)

    def _words(self, fault: Fault) -> str:
        line = f":{fault.line}" if fault.line else ""
        return f"{names_of([fault.file], self._root)}{line} has an error: {fault.message}"


def _running(workers: Iterable[Worker]) -> list[str]:
    """All but those that nobody wants up: what has failed may be mended by the change."""
    down = (Stage.STOPPED, Stage.STOPPING, Stage.EXITED)
    return [worker.name for worker in workers if worker.stage not in down]
