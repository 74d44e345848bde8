"""A web service by its start command."""

import os
import socket
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from core.broker.builtin import free_port
from tests.support.proving import MAIN, WEB
from tests.support.venvs import python_with

Load = Callable[[str], types.ModuleType]
Serve = Callable[..., Mapping[str, Any]]


@pytest.fixture
def serving(inside: Load) -> types.ModuleType:
    return inside("proof.serving")


@pytest.fixture
def serve(serving: types.ModuleType, tmp_path: Path) -> Serve:
    """Serves a FastAPI app by a command."""
    python = python_with("celery[redis]==5.7.0", "fastapi==0.121.3", "uvicorn==0.38.0")
    (tmp_path / "main.py").write_text(MAIN)
    env = {"PATH": f"{python.parent}:{os.environ['PATH']}"}

    def serve(command: str, path: str | None = "/health", limit_s: float = 15) -> Any:
        return serving.serve(
            command, env, str(tmp_path), free_port(), path, limit_s, lambda line: None
        )

    return serve


def failure(serving: types.ModuleType, serve: Serve, *given: Any) -> Mapping[str, Any]:
    with pytest.raises(serving.Failed) as failed:
        serve(*given)
    return failed.value.facts


def test_an_answer_of_the_health_check_is_enough(serve: Serve) -> None:
    found = serve(WEB)
    assert (found["status"], found["host"]) == (200, "0.0.0.0")


def test_without_a_path_an_open_port_is_enough(serve: Serve) -> None:
    assert serve(WEB, None)["status"] is None


def test_a_server_for_this_machine_alone_is_not_reached(
    serving: types.ModuleType, serve: Serve
) -> None:
    command = WEB.replace("0.0.0.0", "127.0.0.1")
    assert failure(serving, serve, command)["host"] == "127.0.0.1"


def test_another_port_than_the_given_one_is_told(
    serving: types.ModuleType, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SETTLES_S", 0.3)
    port = free_port()
    for path in ("/health", None):
        found = failure(serving, serve, WEB.replace("$PORT", str(port)), path)
        assert found["ports"] == {port: "0.0.0.0"}


def test_a_server_that_never_listens_is_overdue(serving: types.ModuleType, serve: Serve) -> None:
    found = failure(serving, serve, "echo waiting; exec sleep 100", "/health", 0.5)
    assert (found["overdue"], found["status"], found["lines"]) == (0.5, None, ["waiting"])


def test_an_answer_that_stays_a_bad_one_is_told(
    serving: types.ModuleType, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SETTLES_S", 0.3)
    assert failure(serving, serve, WEB, "/nowhere")["status"] == 404


def test_a_server_that_ends_is_told_with_its_last_lines(
    serving: types.ModuleType, serve: Serve
) -> None:
    found = failure(serving, serve, "echo no module named app; exit 1")
    assert (found["code"], found["lines"]) == (1, ["no module named app"])


def test_nothing_of_it_listens_afterwards(serving: types.ModuleType, tmp_path: Path) -> None:
    port = free_port()
    command = "sh -c 'python3 -m http.server $PORT' & wait"
    serving.serve(command, dict(os.environ), str(tmp_path), port, "/", 15, lambda line: None)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
