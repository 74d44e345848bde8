"""A fleet on a broker where somebody else's workers are."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import Inside, worker
from tests.support.program import solofleet

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"
FLEET = ("up", str(TASKY), "--python", sys.executable, "-n", "1", "--exit-when-done", "--json")


@pytest.fixture
def neighbour(server: Server) -> Iterator[Inside]:
    """A worker of somebody else, ready."""
    with worker(Path(sys.executable), server.url, node="worker1@far") as running:
        running.wait("ready")
        yield running


@pytest.fixture
def far_url(server: Server) -> str:
    """The server under an address that does not look like one of this machine."""
    return server.url.replace("127.0.0.1", "127.1")


@pytest.mark.usefixtures("neighbour")
def test_a_name_that_is_taken_is_refused(server: Server, tmp_path: Path) -> None:
    with solofleet(
        *FLEET, "--broker", server.url, "--name", "worker%i@far", folder=tmp_path
    ) as program:
        assert program.end() == 2
        assert "worker1@far is on this broker already" in program.said
        assert "--name" in program.wait("error")["fix"]
        assert program.pids() == {}


@pytest.mark.usefixtures("neighbour")
def test_workers_of_others_on_this_machine_are_named_and_no_obstacle(
    server: Server, tmp_path: Path
) -> None:
    with solofleet(*FLEET, "--broker", server.url, folder=tmp_path) as program:
        assert program.end() == 0, program.said
        assert "other workers on this broker: worker1@far" in program.said
        assert len(program.pids()) == 1


@pytest.mark.usefixtures("neighbour")
def test_on_a_broker_elsewhere_it_starts_beside_others_only_when_told_to(
    far_url: str, tmp_path: Path
) -> None:
    with solofleet(*FLEET, "--broker", far_url, folder=tmp_path) as program:
        assert program.end() == 2
        assert "worker1@far would share the tasks" in program.wait("error")["why"]
        assert program.pids() == {}
    with solofleet(*FLEET, "--broker", far_url, "--yes", folder=tmp_path) as program:
        assert program.end() == 0, program.said
        assert len(program.pids()) == 1
