"""Fixtures for every folder of tests."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

gc.disable()  # between tests only, and in this thread: see desktop/garbage.py


def pytest_configure(config: pytest.Config) -> None:
    """On a fresh Linux, as root, install what the tests need of the system; once, not per process.

    Where that cannot be done it is said, and the tests that need it fail.
    """
    if sys.platform == "linux" and not hasattr(config, "workerinput"):
        for part in ("desktop", "browser"):
            subprocess.run([str(Path(__file__).parent / part / "prepare.sh")], check=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` takes what was seen for what was meant."""
    parser.addoption("--accept", action="store_true", help="renew the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file of the folder `golden` beside the test."""

    def compare(name: str, seen: str) -> None:
        file = request.path.parent / "golden" / name
        if request.config.getoption("accept"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(seen, encoding="utf-8", newline="\n")
        assert seen == file.read_text(encoding="utf-8"), "if it is meant: pytest --accept"

    return compare


@pytest.fixture(scope="session", autouse=True)
def nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What somebody keeps for projects of their own does not reach a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        for name in tuple(os.environ):
            if name.startswith("SOLOFLEET_"):
                patch.delenv(name)
        yield


@pytest.fixture(autouse=True)
def collect_young() -> Iterator[None]:
    """Garbage goes after the test that made it."""
    yield
    gc.collect(1)


@pytest.fixture(scope="module", autouse=True)
def collect_old() -> Iterator[None]:
    """What the fixtures of several tests had in common goes too."""
    yield
    gc.collect()


# Whoever runs the tests in the background, or under nohup, has these ignored; children inherit it.
signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.platform != "win32":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

if sys.platform != "win32":
    from tests.support.broker import Server, running_server

    @pytest.fixture(scope="session")
    def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
        """One server for the session; use `server`, which empties it."""
        with running_server(tmp_path_factory.mktemp("server")) as server:
            yield server

    @pytest.fixture
    def server(shared_server: Server) -> Server:
        """A server with nothing in it."""
        shared_server.client.flushall()
        return shared_server

    @pytest.fixture
    def own_server(tmp_path: Path) -> Iterator[Server]:
        """A server that the test may stop and start."""
        with running_server(tmp_path) as server:
            yield server
