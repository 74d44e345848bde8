"""Opening a folder as a project: its app, its interpreter, its variables, its settings."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import FleetError
from core.project.activation import activated
from core.project.apps import AppCandidate
from core.project.env_files import EnvValue
from core.project.finding import Found, Part, find_project
from core.project.interpreter import Interpreter
from core.project.machine import Machine
from core.project.production import ProductionPool
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Project:
    """One opened folder.

    `app` is what `celery -A` takes when started in `workdir`; it is the first of
    `candidates`, likeliest first. `name` is the same for the same folder on each start, and
    fit for a file name. `production` are the worker commands of its deployment files. `notes` are
    for people: a pool that a fleet does not stand for, limits that were hit, odd lines, warnings.
    """

    root: Path
    workdir: Path
    app: str
    candidates: tuple[AppCandidate, ...]
    interpreter: Interpreter
    env: tuple[EnvValue, ...]
    settings: Settings
    name: str
    production: tuple[ProductionPool, ...]
    notes: tuple[str, ...]

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """Give the environment of a child: `base`, the project's variables, the interpreter.

        A variable of `base` wins over the project's. PATH and VIRTUAL_ENV are as if the
        interpreter's environment were active.
        """
        own = {value.name: value.secret.reveal() for value in self.env}
        return activated({**own, **base}, self.interpreter.path)


def open_project(
    path: Path | str,
    *,
    app: str | None = None,
    python: str | None = None,
    environ: Mapping[str, str] = os.environ,
    machine: Machine | None = None,
) -> Project:
    """Open the folder `path`; `app` and `python` are what a person named for this run.

    Blocks while files are read and, where a marker of theirs is found, uv, poetry, pdm,
    pipenv or conda are asked (15 s each at most): call it in a thread from a window.

    Raises FleetError: no such folder, no app, no interpreter, a wrong setting.
    """
    found = find_project(Path(path), environ, _raise, app=app, python=python, machine=machine)
    assert found is not None, "whatever is wrong was raised"
    return as_project(found)


def as_project(found: Found) -> Project:
    """The project of a folder where nothing is wrong."""
    assert found.candidates and found.interpreter, "a part that is wrong was told before"
    return Project(
        root=found.root,
        workdir=found.workdir,
        app=found.candidates[0].app,
        candidates=found.candidates,
        interpreter=found.interpreter,
        env=found.env,
        settings=found.settings,
        name=found.name,
        production=found.production,
        notes=(*found.notes, *found.env_notes),
    )


def _raise(part: Part, error: FleetError) -> None:
    raise error
