"""Tools that keep a project's environment out of sight: how each is asked for it."""

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol, cast

from core.project.environments import environment_of, python_of

Installer = Literal["pip", "uv", "uv add", "poetry", "pdm", "pipenv"]
"""What puts packages into an environment; `uv add` is for projects that uv keeps."""


class Ask(Protocol):
    """Run a program in a folder and give its output; None when it fails or takes too long."""

    def __call__(self, argv: Sequence[str], cwd: Path, /) -> str | None: ...


class Which(Protocol):
    """Find a program on PATH; None when it is not there."""

    def __call__(self, name: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Manager:
    """A tool: the files, or the table of pyproject.toml, that show a project uses it."""

    name: str
    files: tuple[str, ...]
    question: tuple[str, ...]
    installer: Installer

    def marker(self, folders: Iterable[Path]) -> Path | None:
        """Give the first folder that is kept by this tool."""
        return next((folder for folder in folders if self._keeps(folder)), None)

    def _keeps(self, folder: Path) -> bool:
        return any((folder / file).is_file() for file in self.files) or self.name in _tools(folder)


MANAGERS: Final = (
    Manager("uv", ("uv.lock",), ("python", "find"), "uv add"),
    Manager("poetry", ("poetry.lock",), ("env", "info", "--executable"), "poetry"),
    Manager("pdm", ("pdm.lock", ".pdm-python"), ("info", "--python"), "pdm"),
    Manager("pipenv", ("Pipfile",), ("--py",), "pipenv"),
    Manager("conda", ("environment.yml", "environment.yaml"), ("env", "list", "--json"), "pip"),
)


def _tools(folder: Path) -> frozenset[str]:
    try:
        with (folder / "pyproject.toml").open("rb") as stream:
            tool = tomllib.load(stream).get("tool")
    except (OSError, ValueError):
        return frozenset()
    return frozenset(cast(dict[str, Any], tool)) if isinstance(tool, dict) else frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool said: a Python, or why it gave none that is of use."""

    manager: Manager
    python: Path | None
    note: str = ""


def ask_manager(manager: Manager, folder: Path, ask: Ask, which: Which, *, windows: bool) -> Answer:
    """Ask the tool that keeps `folder` for the Python of its environment."""
    program = which(manager.name)
    if program is None:
        return Answer(manager, None, f"{folder} is kept by {manager.name}, which is not on PATH")
    said = ask((program, *manager.question), folder)
    python = (
        _conda_python(said, folder, windows=windows) if manager.name == "conda" else _path(said)
    )
    if python is None or not python.is_file() or environment_of(python) is None:
        note = f"{manager.name} has no environment for {folder} yet"
        return Answer(manager, None, note)
    return Answer(manager, python)


def _path(said: str | None) -> Path | None:
    lines = (said or "").strip().splitlines()
    return Path(lines[-1].strip()) if lines else None


_NAME: Final = re.compile(r"^name:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)


def _conda_python(said: str | None, folder: Path, *, windows: bool) -> Path | None:
    """Pick the environment that the project's environment.yml names."""
    texts = [_read(folder / name) for name in ("environment.yml", "environment.yaml")]
    name = _NAME.search("\n".join(texts))
    try:
        prefixes = json.loads(said or "{}").get("envs", [])
    except (ValueError, AttributeError):
        return None
    for prefix in (Path(str(one)) for one in prefixes):
        if name and prefix.name == name[1]:
            return python_of(prefix, windows=windows)
    return None


def _read(file: Path) -> str:
    return file.read_text("utf-8-sig", "replace") if file.is_file() else ""
