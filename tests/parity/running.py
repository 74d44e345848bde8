"""Runs scenarios on both sides at the same time."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.parity.ahead import Ahead, emptied
from tests.parity.comparing import differences_between
from tests.parity.fleet import Fleet
from tests.parity.observing import Observation, observe
from tests.parity.prefork import Prefork
from tests.parity.scenario import Scenario
from tests.parity.scenarios import SCENARIOS
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


class Runs(Ahead[Both]):
    """Runs of scenarios on both sides, `AT_ONCE` at a time.

    Each of these places has two Redis databases of its own on the server, one for each side.
    """

    def __init__(self, names: Iterable[str], server: Server, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._python = python_with_celery(CELERY)
        super().__init__(names, AT_ONCE, self._both)

    def _both(self, name: str, place: int) -> Both:
        both = self._run_in(place, SCENARIOS[name], name)
        if "stuck" in both.prefork:  # it happens to prefork now and then, and is not our matter
            both = self._run_in(place, SCENARIOS[name], f"{name}-again")
        return both

    def _run_in(self, place: int, scenario: Scenario, name: str) -> Both:
        ours, theirs = (emptied(self._server.url, 2 * place + number) for number in (1, 2))
        folder = self._folder / name
        folder.mkdir()
        prefork = Prefork(scenario, theirs, self._python, folder)
        fleet = Fleet(scenario, ours, self._python, f"parity-{place}")
        with ThreadPoolExecutor(2) as sides:
            one = sides.submit(observe, scenario, prefork, theirs)
            other = sides.submit(observe, scenario, fleet, ours)
            seen = one.result(), other.result()
        return Both(*seen, logs=f"=== prefork\n{prefork.log()}\n=== fleet\n{fleet.log()}")
