"""Fixtures for every folder of tests."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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
