from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from core.project.installing import install_command, quoted
from core.project.interpreter import Interpreter


def command(path: Any, installer: Any, *requirements: str, windows: bool) -> str:
    return install_command(Interpreter(path, "here", installer), *requirements, windows=windows)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"C:\venv\Scripts\python.exe", r'C:\venv\Scripts\python.exe -m pip install "celery>=5.2"'),
        (
            r"C:\path with spaces\python.exe",
            r'"C:\path with spaces\python.exe" -m pip install "celery>=5.2"',
        ),
    ],
)
def test_pip_is_run_by_that_very_interpreter_on_windows(path: str, expected: str) -> None:
    assert command(PureWindowsPath(path), "pip", "celery>=5.2", windows=True) == expected


def test_pip_is_run_by_that_very_interpreter_elsewhere() -> None:
    path = PurePosixPath("/home/my project/.venv/bin/python")

    assert command(path, "pip", "celery>=5.2", windows=False) == (
        "'/home/my project/.venv/bin/python' -m pip install \"celery>=5.2\""
    )


@pytest.mark.parametrize(
    ("installer", "expected"),
    [
        ("uv", 'uv pip install --python /v/bin/python "celery[redis]" "redis<5"'),
        ("uv add", 'uv add "celery[redis]" "redis<5"'),
        ("poetry", 'poetry add "celery[redis]" "redis<5"'),
        ("pdm", 'pdm add "celery[redis]" "redis<5"'),
        ("pipenv", 'pipenv install "celery[redis]" "redis<5"'),
    ],
)
def test_the_tool_that_keeps_the_environment_installs(installer: str, expected: str) -> None:
    path = PurePosixPath("/v/bin/python")

    assert command(path, installer, "celery[redis]", "redis<5", windows=False) == expected


def test_only_what_a_shell_would_split_is_quoted() -> None:
    assert quoted(r"C:\a~1\b-c_d.exe", windows=True) == r"C:\a~1\b-c_d.exe"
    assert quoted(r"C:\R&D\python.exe", windows=True) == r'"C:\R&D\python.exe"'
    assert quoted("/a/$b", windows=False) == "'/a/$b'"
