"""Runs scenarios on both sides at the same time, some of them ahead of when they are asked for."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Self

import redis

from tests.parity.comparing import differences_between
from tests.parity.fleet import Fleet
from tests.parity.observing import Observation, observe
from tests.parity.prefork import Prefork
from tests.parity.scenario import Scenario
from tests.support.broker import Server
from tests.support.venvs import python_with_celery

CELERY = "5.7.0"
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Both:
    """What was seen of either side, and what their workers wrote."""

    prefork: Observation
    fleet: Observation
    logs: str

    @property
    def differences(self) -> list[str]:
        """Each place where they differ, prefork's answer first."""
        return differences_between(self.prefork, self.fleet)


class Runs:
    """Runs of scenarios, `AT_ONCE` at a time: most of a run is waiting.

    Each of these places has two Redis databases of its own on the server, one for each side.
    """

    def __init__(self, scenarios: Iterable[Scenario], server: Server, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._python = python_with_celery(CELERY)
        self._left = Event()
        self._places: SimpleQueue[int] = SimpleQueue()
        for place in range(AT_ONCE):
            self._places.put(place)
        self._threads = ThreadPoolExecutor(AT_ONCE)
        self._futures: dict[str, Future[Both]] = {
            scenario.name: self._threads.submit(self._run, scenario) for scenario in scenarios
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    def of(self, name: str) -> Both:
        """What became of a scenario; waits for it."""
        return self._futures[name].result()

    def _run(self, scenario: Scenario) -> Both:
        place = self._places.get()
        try:
            both = self._run_in(place, scenario, scenario.name)
            if "stuck" in both.prefork:  # it happens to prefork now and then, and is not our matter
                both = self._run_in(place, scenario, f"{scenario.name}-again")
            return both
        finally:
            self._places.put(place)

    def _run_in(self, place: int, scenario: Scenario, name: str) -> Both:
        ours, theirs = (self._database(2 * place + number) for number in (1, 2))
        folder = self._folder / name
        folder.mkdir()
        prefork = Prefork(scenario, theirs, self._python, folder)
        fleet = Fleet(scenario, ours, self._python, f"parity-{place}")
        with ThreadPoolExecutor(2) as sides:
            one = sides.submit(observe, scenario, prefork, theirs)
            other = sides.submit(observe, scenario, fleet, ours)
            seen = one.result(), other.result()
        return Both(*seen, logs=f"=== prefork\n{prefork.log()}\n=== fleet\n{fleet.log()}")

    def _database(self, number: int) -> str:
        """The URL of this database, which is emptied."""
        url = f"{self._server.url.rpartition('/')[0]}/{number}"
        with redis.Redis.from_url(url) as client:
            client.flushdb()
        return url
