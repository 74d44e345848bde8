"""Writes what is to be remembered, away from the interface."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from core.errors import FleetError
from desktop.keeping.files import write

Do = Callable[[Coroutine[Any, Any, object]], object]


class Pen:
    """One file after the other, and of each the latest. `do` owns the job and tells its error.

    What cannot be written is told once: it is tried again each time, for the disk may have space.
    """

    def __init__(self, do: Do) -> None:
        self._do = do
        self._due: dict[Path, object] = {}
        self._writes = False
        self._failed = False

    def write(self, file: Path, fields: object) -> None:
        """Have the file hold these fields soon."""
        self._due[file] = fields
        if not self._writes:
            self._writes = True
            self._do(self._write_all())

    async def _write_all(self) -> None:
        trouble: FleetError | None = None
        while self._due:
            file = next(iter(self._due))
            try:
                await asyncio.to_thread(write, file, self._due.pop(file))
            except FleetError as error:
                trouble = error
        self._writes = False
        told, self._failed = self._failed, trouble is not None
        if trouble is not None and not told:
            raise trouble
