"""From the command line to the exit code, in this process."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.errors import DONE, FAILED, INTERRUPTED, TIMED_OUT, UNAVAILABLE, USAGE
from tests.support.program import homes
from tests.support.venvs import bare_venv

TASKY = Path(__file__).parents[2] / "data" / "projects" / "tasky"
HERE = (str(TASKY), "--python", sys.executable)


@pytest.fixture(autouse=True)
def own_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs it: exit code, standard output, standard error."""

    def run(*argv: str) -> tuple[int, str, str]:
        code = main(argv)
        return (code, *capfd.readouterr())

    return run


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_json_lines_of_a_small_run_are_those_of_the_golden_file(
    run: Callable[..., tuple[int, str, str]], golden: Callable[[str, str], None]
) -> None:
    fleet = ("-n", "1", "--name", "worker%i@box", "--broker", "builtin")
    code, out, _ = run("up", *HERE, *fleet, "--send", "tasky.boom", "--exit-when-done", "--json")
    assert code == FAILED
    golden("up.jsonl", "".join(json.dumps(masked(record)) + "\n" for record in records(out)))


VOLATILE = (
    *("url", "label", "pid", "id", "runtime_s", "log_lines", "ready_s", "elapsed_s"),
    *("cpu_s", "peak_mb", "latency_ms"),
)


def masked(value: Any) -> Any:
    """Without what differs from run to run; None stays, so that it shows what may be missing."""
    if isinstance(value, list):
        return [masked(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: f"<{type(each).__name__}>" if key in VOLATILE and each is not None else masked(each)
        for key, each in value.items()
    }


def test_a_call_that_is_wrong_is_refused_before_anything_is_opened(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    code, out, err = run("up", "/nowhere", "--send", "tasky.add", "--args", "[1")
    assert (code, out) == (USAGE, "")
    assert "The args are not JSON" in err


def test_a_project_that_is_not_there_is_refused(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, out, err = run("tasks", str(tmp_path / "nowhere"), "--json")
    assert code == USAGE
    assert records(out)[0]["kind"] == "error"
    assert "there is no such folder" in err


def test_an_interpreter_without_celery_is_told_how_to_get_it(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, _, err = run("up", str(TASKY), "--python", str(bare_venv(tmp_path / "bare")))
    assert code == UNAVAILABLE
    assert "pip install" in err


def test_tasks_are_listed(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("tasks", *HERE)
    assert (code, err) == (DONE, "")
    assert "tasky.add(x, y=2)\n    Add two numbers.\n" in out


def test_ctrl_c_ends_a_command(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)
        await asyncio.Event().wait()

    monkeypatch.setattr("core.cli.command.check_runnable", interrupted)
    assert run("tasks", *HERE) == (INTERRUPTED, "", "")


if sys.platform != "win32":
    from tests.support.broker import Server

    def test_a_task_is_sent(run: Callable[..., tuple[int, str, str]], server: Server) -> None:
        code, out, err = run(
            "send", *HERE, "tasky.add", "--args", "[1]", "--count", "2", "--broker", server.url
        )
        assert (code, err) == (DONE, "")
        assert out.count("sent\n") == server.waiting() == 2

    def test_a_result_that_does_not_come_is_given_up(
        run: Callable[..., tuple[int, str, str]], server: Server
    ) -> None:
        wait = ("--wait", "--timeout", "0.1")
        code, _, err = run("send", *HERE, "tasky.pid", "--broker", server.url, *wait)
        assert code == TIMED_OUT
        assert "1 of 1 tasks have not ended" in err
