"""Workers on every Celery version, on both of its event loops."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.broker import Server, running_server
from tests.support.inside import Bridge, Inside, bridge, worker
from tests.support.venvs import PINS, python_with_celery

LOOPS = {"hub": None, "windows": "windows"}


@pytest.fixture(scope="module", params=list(PINS))
def python(request: pytest.FixtureRequest) -> Path:
    """An interpreter with one of the Celery versions."""
    return python_with_celery(request.param)


@pytest.fixture(scope="module", params=list(LOOPS))
def loop(request: pytest.FixtureRequest) -> str | None:
    """Celery's hub, or the loop that it has on Windows."""
    return LOOPS[request.param]


@pytest.fixture(scope="module")
def its_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of one module of tests."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="module")
def fleet_worker(python: Path, loop: str | None, its_server: Server) -> Iterator[Inside]:
    """A ready worker that several tests use one after the other."""
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        yield running


@pytest.fixture(scope="module")
def calls(python: Path, its_server: Server) -> Iterator[Bridge]:
    """The bridge into the same project."""
    with bridge(python, its_server.url) as running:
        running.wait("ready")
        yield running
