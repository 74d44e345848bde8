"""On Windows a fleet answers as prefork did on Linux, when its answers were recorded.

What cannot be the same is left out by a scenario's `not_on_windows`, or listed below: each with
its reason.
"""

import multiprocessing.process
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parity.ahead import Ahead, asked, emptied
from tests.parity.comparing import differences_between
from tests.parity.differences import DIFFERENCES
from tests.parity.fleet import Fleet
from tests.parity.observing import Observation, observe
from tests.parity.recording import recorded
from tests.parity.scenarios import SCENARIOS
from tests.windows.databases import SERVER

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

AT_ONCE = 8
HERE = [name for name, scenario in SCENARIOS.items() if not scenario.not_on_windows]

WINDOWS_DIFFERENCES: dict[str, str] = {}
if "daemonic" not in repr(multiprocessing.process.BaseProcess.start.__code__.co_consts):
    WINDOWS_DIFFERENCES["multiprocessing_in_a_daemonic_fleet"] = (
        "the standard library of this Python was compiled without its asserts, which refuse"
    )


Seen = tuple[Observation, str]
"""What was seen of a scenario, and what its workers wrote."""


def run(name: str, place: int) -> Seen:
    """A scenario on a fleet."""
    url = emptied(SERVER, place + 1)
    fleet = Fleet(SCENARIOS[name], url, Path(sys.executable), f"parity-{place}")
    return observe(SCENARIOS[name], fleet, url), fleet.log()


@pytest.fixture(scope="module")
def scenario_runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ahead[Seen]]:
    """The runs of the scenarios that this session asks for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCALAPPDATA", str(tmp_path_factory.mktemp("homes")))
        with Ahead(asked(request), AT_ONCE, run) as running:
            yield running


@pytest.mark.parametrize("name", HERE)
def test_a_fleet_on_windows_answers_as_prefork_did(name: str, scenario_runs: Ahead[Seen]) -> None:
    seen, log = scenario_runs.of(name)
    differences = differences_between(recorded()[name], seen)
    if name in DIFFERENCES or name in WINDOWS_DIFFERENCES:
        assert differences, f"it agrees: take {name} off the list"
    elif differences:
        pytest.fail("\n".join(["prefork | fleet", *differences, log[-6000:]]), pytrace=False)
