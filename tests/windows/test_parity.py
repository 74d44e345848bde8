"""On Windows a fleet answers as prefork did on Linux, when its answers were recorded.

What cannot be the same is left out by a scenario's `not_on_windows`, or listed below: each with
its reason.
"""

import multiprocessing.process
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest
import redis

from tests.parity.comparing import differences_between
from tests.parity.differences import DIFFERENCES
from tests.parity.fleet import Fleet
from tests.parity.observing import Observation, observe
from tests.parity.recording import recorded
from tests.parity.scenarios import SCENARIOS

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

URL = os.environ.get("SOLOFLEET_TEST_BROKER", "")
AT_ONCE = 4
HERE = [name for name, scenario in SCENARIOS.items() if not scenario.not_on_windows]

WINDOWS_DIFFERENCES: dict[str, str] = {}
if "daemonic" not in repr(multiprocessing.process.BaseProcess.start.__code__.co_consts):
    WINDOWS_DIFFERENCES["multiprocessing_in_a_daemonic_fleet"] = (
        "the standard library of this Python was compiled without its asserts, which refuse"
    )


class Runs:
    """Each scenario on a fleet, `AT_ONCE` at a time, ahead of when it is asked for."""

    def __init__(self, names: list[str]) -> None:
        self._places: SimpleQueue[int] = SimpleQueue()
        for place in range(AT_ONCE):
            self._places.put(place)
        self._threads = ThreadPoolExecutor(AT_ONCE)
        self._futures: dict[str, Future[tuple[Observation, str]]] = {
            name: self._threads.submit(self._run, name) for name in names
        }

    def of(self, name: str) -> tuple[Observation, str]:
        """What became of it, and what its workers wrote."""
        return self._futures[name].result()

    def close(self) -> None:
        """Begin no more."""
        self._threads.shutdown(cancel_futures=True)

    def _run(self, name: str) -> tuple[Observation, str]:
        place = self._places.get()
        try:
            url = f"{URL.rpartition('/')[0]}/{place + 1}"
            with redis.Redis.from_url(url) as client:
                client.flushdb()
            fleet = Fleet(SCENARIOS[name], url, Path(sys.executable), f"parity-{place}")
            return observe(SCENARIOS[name], fleet, url), fleet.log()
        finally:
            self._places.put(place)


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Runs]:
    """The runs of the scenarios that this session asks for."""
    asked = [
        item.callspec.params["name"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and "runs" in item.fixturenames
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCALAPPDATA", str(tmp_path_factory.mktemp("homes")))
        running = Runs(asked)
        yield running
        running.close()


@pytest.mark.parametrize("name", HERE)
def test_a_fleet_on_windows_answers_as_prefork_did(name: str, runs: Runs) -> None:
    seen, log = runs.of(name)
    differences = differences_between(recorded()[name], seen)
    if name in DIFFERENCES or name in WINDOWS_DIFFERENCES:
        assert differences, f"it agrees: take {name} off the list"
    elif differences:
        pytest.fail("\n".join(["prefork | fleet", *differences, log[-6000:]]), pytrace=False)
