"""A fleet of N solo workers behaves as one prefork worker with `-c N`."""

import sys
from collections.abc import Iterator

import psutil
import pytest

from tests.parity.ahead import asked
from tests.parity.comparing import differences_between
from tests.parity.differences import DIFFERENCES
from tests.parity.recording import recorded
from tests.parity.running import Runs
from tests.parity.scenarios import SCENARIOS
from tests.support.broker import running_server
from tests.support.program import homes

if sys.platform == "win32":
    pytest.skip("there is no prefork", allow_module_level=True)

LOG_CHARACTERS = 8000


@pytest.fixture(scope="session")
def scenario_runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Runs]:
    """The runs of the scenarios that this session asks for; no process outlives them."""
    before = set(psutil.Process().children(recursive=True))
    folder = tmp_path_factory.mktemp("parity")
    with pytest.MonkeyPatch.context() as patch, running_server(folder) as server:
        for name, value in homes(folder).items():
            patch.setenv(name, value)
        children = set(psutil.Process().children(recursive=True))
        with Runs(asked(request), server, folder) as running:
            yield running
        left = set(psutil.Process().children(recursive=True)) - children - before
    assert not left, [process.cmdline() for process in left]


@pytest.mark.parametrize("name", SCENARIOS)
def test_prefork_and_fleet_agree(name: str, scenario_runs: Runs) -> None:
    """But for what is listed as different, which must differ."""
    both = scenario_runs.of(name)
    now_and_then = differences_between(both.prefork, recorded().get(name))
    assert not now_and_then, (
        "prefork's answer is not the recorded one: python -m tests.parity --write"
    )
    if name in DIFFERENCES:
        assert both.differences, f"they agree: take {name} off the list of differences"
    elif both.differences:
        told = ["prefork | fleet", *both.differences, both.logs[-LOG_CHARACTERS:]]
        pytest.fail("\n".join(told), pytrace=False)
