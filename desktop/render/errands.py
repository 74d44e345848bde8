"""What is under way for the project that is open; all of it ends with the project."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from desktop.desk import Desk


class Errands:
    """Starts jobs of the desk, and remembers those that are not done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._jobs: list[asyncio.Task[None]] = []

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return all(job.done() for job in self._jobs)

    def do(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[None]:
        """Start one; an error that it does not take itself is told on top of the page."""
        self._jobs = [job for job in self._jobs if not job.done()]
        job = self._desk.do(work)
        self._jobs.append(job)
        return job

    def cancel(self) -> None:
        """Break all of them off."""
        for job in self._jobs:
            job.cancel()
        self._jobs = []
