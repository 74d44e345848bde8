"""Opened projects, without a search for their interpreter."""

import sys
from collections.abc import Mapping
from pathlib import Path

from core.project.env_files import EnvValue
from core.project.interpreter import Interpreter
from core.project.opening import Project
from core.secret import Secret
from core.settings import Settings

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"


def project(
    workdir: Path = TASKY,
    app: str = "tasky",
    *,
    python: Path | None = None,
    name: str = "tasky-1",
    settings: Settings | None = None,
    env: Mapping[str, str] | None = None,
) -> Project:
    """A project as `open_project` gives it; `env` is what its .env file has."""
    return Project(
        root=workdir,
        workdir=workdir,
        app=app,
        candidates=(),
        interpreter=Interpreter(python or Path(sys.executable), "the test's"),
        env=tuple(EnvValue(key, Secret(value), ".env") for key, value in (env or {}).items()),
        settings=settings or Settings(),
        name=name,
        production=(),
        notes=(),
    )
