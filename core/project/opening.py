"""Opening a folder as a project: its app, its interpreter, its variables, its settings."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import USAGE, FleetError
from core.project.activation import activated
from core.project.apps import AppCandidate, find_apps, given_app
from core.project.env_files import ENV_FILES, EnvValue, env_values
from core.project.interpreter import Interpreter, find_interpreter
from core.project.machine import Machine, this_machine
from core.project.production import ProductionPool, production_pools, unlike
from core.project.tree import absolute, look_around
from core.settings import Settings, load_settings
from core.settings.places import local_file, user_file


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
    root = project_folder(Path(path))
    name = project_name(root)
    settings = load_settings(root, environ, user=user_file(), local=local_file(name))
    fixed = _folder(root / settings.workdir, "The setting workdir") if settings.workdir else None
    tree = look_around(root)
    if app:
        candidates = (given_app(app, "-A", tree, fixed),)
    else:
        candidates = find_apps(tree, settings, environ, fixed)
    workdir = candidates[0].workdir
    interpreter = find_interpreter(
        machine or this_machine(environ),
        root=root,
        workdir=workdir,
        given=python,
        setting=settings.python,
        setting_from=settings.where("python"),
    )
    production = tuple(production_pools(tree))
    env, env_notes = _env(root, workdir, settings, environ)
    return Project(
        root=root,
        workdir=workdir,
        app=candidates[0].app,
        candidates=candidates,
        interpreter=interpreter,
        env=env,
        settings=settings,
        name=name,
        production=production,
        notes=(
            *filter(None, (unlike(found.pool, found.where) for found in production)),
            *settings.warnings,
            *tree.notes,
            *interpreter.notes,
            *env_notes,
        ),
    )


def env_files(root: Path, workdir: Path, settings: Settings) -> tuple[Path, ...]:
    """Give the files of variables of a project, in order of rank; not all of them are there."""
    if settings.env_files is None:
        return tuple(folder / name for folder in (workdir, root) for name in ENV_FILES)
    return tuple(root / name for name in settings.env_files)


def project_name(root: Path) -> str:
    """Give a name for the project's own folders: its folder's name, and a mark of its path."""
    real = os.path.normcase(os.path.realpath(root))
    mark = hashlib.sha256(real.encode("utf-8", "surrogateescape")).hexdigest()
    readable = re.sub(r"[^\w-]+", "-", root.name).strip("-")
    return f"{readable or 'project'}-{mark[:8]}"


def project_folder(path: Path) -> Path:
    """The folder that a person named, as an absolute path. Raises FleetError when it is none."""
    return _folder(path, "The project")


def _folder(path: Path, what: str) -> Path:
    folder = absolute(path)
    if folder.is_dir():
        return folder
    why = "it is a file" if folder.exists() else "there is no such folder"
    raise FleetError(
        f"{what} {path} cannot be opened", why, "Name the project's folder.", exit_code=USAGE
    )


def _env(
    root: Path, workdir: Path, settings: Settings, environ: Mapping[str, str]
) -> tuple[tuple[EnvValue, ...], tuple[str, ...]]:
    files = env_files(root, workdir, settings)
    missing: list[str] = []
    if settings.env_files is not None:
        missing = [f"{file} of env_files is not there" for file in files if not file.is_file()]
    values, notes = env_values(files, environ)
    url = settings.broker
    if url and url.reveal() != "builtin" and "CELERY_BROKER_URL" not in environ:
        broker = EnvValue("CELERY_BROKER_URL", url, settings.where("broker"))
        values = (broker, *(value for value in values if value.name != broker.name))
    return values, (*missing, *notes)
