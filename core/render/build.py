"""How Render installs a project's packages, by the tool that keeps them.

Render takes poetry and uv along, and has an environment of its own active for pip; other tools only
write the list for pip. Source: https://render.com/docs/python-version, /docs/uv-version,
/docs/poetry-version.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import USAGE, FleetError
from core.project.declared import text_of
from core.project.tree import between

_LIST: Final = "/tmp/requirements.txt"
_TOOLS: Final = (
    ("uv.lock", "uv", "uv sync --frozen --no-dev", "uv run --no-sync "),
    ("poetry.lock", "poetry", "poetry install --only main --no-root", "poetry run "),
    (
        "pdm.lock",
        "pdm",
        f"pip install pdm && pdm export --prod --without-hashes -o {_LIST}"
        f" && pip install -r {_LIST}",
        "",
    ),
    (
        "Pipfile.lock",
        "pipenv",
        f"pip install pipenv && pipenv requirements > {_LIST} && pip install -r {_LIST}",
        "",
    ),
    ("requirements.txt", "pip", "pip install -r requirements.txt", ""),
    ("requirements/production.txt", "pip", "pip install -r requirements/production.txt", ""),
    ("requirements/prod.txt", "pip", "pip install -r requirements/prod.txt", ""),
    ("pyproject.toml", "pip", "pip install .", ""),
)
"""A file, its tool, the build command, and what stands before each start command."""


@dataclass(frozen=True, slots=True)
class Build:
    """The folder that Render builds in, and how: `start` stands before each start command.

    `lists` are the files that name packages, `python_version` the file that pins Python, if any.
    """

    folder: Path
    tool: str
    command: str
    start: str
    lists: tuple[Path, ...]
    python_version: Path | None

    def has(self, package: str) -> bool:
        """Whether one of the files names this package."""
        name = re.compile(rf"(?<![\w.-]){re.escape(package)}(?![\w-])", re.IGNORECASE)
        return any(name.search(text_of(file)) for file in self.lists)


def find_build(workdir: Path, root: Path) -> Build:
    """The nearest folder from `workdir` up to `root` that says which packages are needed.

    Raises FleetError when none does.
    """
    for folder in between(workdir, root):
        tool = next((tool for tool in _TOOLS if _names_packages(folder / tool[0])), None)
        if tool is not None:
            _, name, command, start = tool
            return Build(folder, name, command, start, _lists(folder), _pin(folder))
    raise FleetError(
        f"{workdir} does not say which packages it needs",
        f"there is no {', '.join(tool[0] for tool in _TOOLS)}, there or up to {root}",
        "Write a requirements.txt with celery[redis] and all that the code imports.",
        exit_code=USAGE,
    )


def _names_packages(file: Path) -> bool:
    """A pyproject.toml may hold the settings of tools alone."""
    is_there = file.is_file()
    return is_there and (file.name != "pyproject.toml" or "[project]" in text_of(file))


def _lists(folder: Path) -> tuple[Path, ...]:
    names: Iterable[str] = (tool[0] for tool in _TOOLS)
    found = [folder / name for name in names if (folder / name).is_file()]
    return (*found, *sorted(folder.glob("requirements*/*.txt")))


def _pin(folder: Path) -> Path | None:
    file = folder / ".python-version"
    return file if file.is_file() else None
