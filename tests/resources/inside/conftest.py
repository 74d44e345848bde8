"""Workers on every Celery version, on both of its event loops."""

import importlib
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.broker import Server, running_server
from tests.support.inside import INSIDE, Bridge, Inside, bridge, worker
from tests.support.venvs import PINS, python_with_celery

LOOPS = {"hub": None, "windows": "windows"}


ENDS = (min(PINS), max(PINS))
SLOW = frozenset(
    f"test_{name}"
    for name in (
        "daemonic",
        "departure",
        "dues",
        "hoard",
        "limits",
        "monitors",
        "poll",
        "recycling",
        "revoking",
    )
)
"""Modules whose tests take seconds each: on the oldest and the newest Celery, to save time."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs an interpreter on each Celery version."""
    if "python" in metafunc.fixturenames:
        slow = metafunc.module.__name__.rpartition(".")[2] in SLOW
        metafunc.parametrize(
            "python", ENDS if slow else tuple(PINS), indirect=True, scope="session"
        )


@pytest.fixture(scope="session")
def python(request: pytest.FixtureRequest) -> Path:
    """An interpreter with one of the Celery versions."""
    return python_with_celery(request.param)


@pytest.fixture(scope="session", params=list(LOOPS))
def loop(request: pytest.FixtureRequest) -> str | None:
    """Celery's hub, or the loop that it has on Windows."""
    return LOOPS[request.param]


@pytest.fixture(scope="session")
def fleet_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of `fleet_worker` and `calls`; nobody empties it."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def fleet_worker(python: Path, loop: str | None, fleet_server: Server) -> Iterator[Inside]:
    """A ready worker that many tests use one after the other; it takes from queue celery."""
    with worker(python, fleet_server.url, loop=loop) as running:
        running.wait("ready")
        yield running


@pytest.fixture(scope="session")
def calls(python: Path, fleet_server: Server) -> Iterator[Bridge]:
    """The bridge into the same project."""
    with bridge(python, fleet_server.url) as running:
        running.wait("ready")
        yield running


@pytest.fixture(scope="module")
def its_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that start workers of their own."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="module")
def its_calls(python: Path, its_server: Server) -> Iterator[Bridge]:
    """A bridge to `its_server`."""
    with bridge(python, its_server.url) as running:
        running.wait("ready")
        yield running


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], types.ModuleType]:
    """Import a module of `resources/inside` under its private name, as the scripts do."""
    package = types.ModuleType("solofleet_inside")
    package.__path__ = [str(INSIDE)]
    monkeypatch.setitem(sys.modules, "solofleet_inside", package)

    def load(name: str) -> types.ModuleType:
        monkeypatch.delitem(sys.modules, f"solofleet_inside.{name}", raising=False)
        return importlib.import_module(f"solofleet_inside.{name}")

    return load
