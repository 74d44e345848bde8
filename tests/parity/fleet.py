"""The fleet under test: a `Session` in a thread of its own, with a loop of its own."""

import asyncio
import os
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from core.changes import Change
from core.secret import Secret
from core.session import Session
from core.wishes import Wishes
from tests.parity.scenario import Scenario
from tests.parity.workers import APP, LIMIT_S, PROJECT, Stop
from tests.support.projects import project


class Fleet:
    """As many fleet workers as the prefork worker has processes.

    `name` is that of the project: one session at a time may have it.
    """

    def __init__(self, scenario: Scenario, url: str, python: Path, name: str = "parity") -> None:
        self._name = name
        self._scenario = scenario
        self._url = url
        self._python = python
        self._changes: list[Change] = []
        self._session: Session | None = None
        self._failure: BaseException | None = None
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._live, name=name)

    @property
    def nodes(self) -> int:
        return self._scenario.workers

    def start(self) -> None:
        if not self._thread.ident:
            self._thread.start()
            assert self._open.wait(LIMIT_S), "the session does not open"
        self._in_loop(self._start())

    def stop(self, how: Stop) -> None:
        self._in_loop(self._stop(now=how is Stop.COLD))

    def wait_gone(self) -> None:
        self._in_loop(self._wait_gone())

    def revive(self) -> None:
        pass  # the session does it by itself

    def close(self) -> None:
        if self._session is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._left.set)
        if self._thread.ident:
            self._thread.join(LIMIT_S)
            assert not self._thread.is_alive(), "the session does not close"

    def log(self) -> str:
        if self._session is None:
            return repr(self._failure)
        supervisor = self._session.supervisor
        logs = {worker.name: supervisor.log(worker.name) for worker in supervisor.workers}
        texts = [
            f"--- {name}\n" + "\n".join(log.slice(log.first, log.end)) for name, log in logs.items()
        ]
        return "\n".join([*texts, "--- last changes", *map(repr, self._changes[-20:])])

    def _live(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:  # noqa: BLE001 - raised again where it was asked for
            self._failure = error
        finally:
            self._open.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._left = asyncio.Event()
        environ = {**os.environ, **self._scenario.variables(self._url)}
        opened = project(PROJECT, APP, python=self._python, name=self._name)
        scenario = self._scenario
        wishes = Wishes(workers=scenario.workers, broker=Secret(self._url), **scenario.wishes)
        async with Session(opened, wishes, self._changes.append, environ) as session:
            self._session = session
            self._open.set()
            await self._left.wait()

    def _in_loop(self, work: Coroutine[Any, Any, None]) -> None:
        if self._failure is not None:
            work.close()
            raise self._failure
        asyncio.run_coroutine_threadsafe(work, self._loop).result(LIMIT_S)

    async def _start(self) -> None:
        assert self._session is not None
        self._session.start()

    async def _stop(self, *, now: bool) -> None:
        assert self._session is not None
        self._session.stop(now=now)
        await self._wait_gone()

    async def _wait_gone(self) -> None:
        assert self._session is not None
        await self._session.until(self._session.all_settled)
