"""The port stays the same from run to run, and is free."""

import socket
from pathlib import Path

import pytest

from core.broker.builtin import free_port
from core.errors import FleetError
from core.flower import port as module
from core.flower.port import HOST, choose_port, is_free, own_folder, remember_port


@pytest.fixture
def default(monkeypatch: pytest.MonkeyPatch) -> int:
    """A default that nobody on this machine has taken."""
    free = free_port()
    monkeypatch.setattr(module, "DEFAULT", free)
    return free


def listening(port: int) -> socket.socket:
    return socket.create_server((HOST, port))


def test_a_project_without_a_memory_gets_the_default(tmp_path: Path, default: int) -> None:
    assert choose_port(tmp_path) == default


def test_the_port_of_the_last_time_is_taken_again(tmp_path: Path, default: int) -> None:
    last = free_port()
    remember_port(tmp_path, last)
    assert choose_port(tmp_path) == last


def test_a_port_in_use_is_left_to_whoever_has_it(tmp_path: Path, default: int) -> None:
    last = free_port()
    remember_port(tmp_path, last)
    with listening(last):
        assert not is_free(last)
        assert choose_port(tmp_path) == default
        with listening(default):
            assert choose_port(tmp_path) not in (last, default)


def test_a_port_whose_connections_have_just_ended_is_free() -> None:
    with listening(port := free_port()) as server, socket.create_connection((HOST, port)):
        server.accept()[0].close()  # it ends first, so the wait for late packets is on its side
    assert is_free(port)


@pytest.mark.parametrize("text", ["", "[]", '{"port": "x"}', '{"port": 70000}', "{}"])
def test_a_memory_that_makes_no_sense_is_passed_over(
    tmp_path: Path, default: int, text: str
) -> None:
    (tmp_path / "flower.json").write_text(text)
    assert choose_port(tmp_path) == default


def test_what_cannot_be_remembered_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    remember_port(tmp_path / "file", 1)
    assert (tmp_path / "file").read_text() == "no folder"


def test_each_project_has_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path / "s")
    assert own_folder("shop-1").is_dir()
    assert own_folder("shop-1") != own_folder("shop-2")


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "s").touch()
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path / "s")
    with pytest.raises(FleetError, match="could not be made"):
        own_folder("shop-1")
