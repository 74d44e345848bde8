"""Finds what a folder has of a project, part by part."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.errors import FleetError
from core.project.apps import AppCandidate, find_apps, given_app
from core.project.env_files import EnvValue, env_values
from core.project.folder import env_files, existing_folder, project_folder, project_name
from core.project.interpreter import Interpreter, find_interpreter
from core.project.machine import Machine, this_machine
from core.project.production import ProductionPool, production_pools, unlike
from core.project.tree import Tree, look_around
from core.settings import Settings, load_settings
from core.settings.origin import Setting
from core.settings.places import local_file, user_file


class Part(StrEnum):
    """What a project needs, in the order in which one part needs the other."""

    FOLDER = "folder"
    INTERPRETER = "interpreter"
    APP = "Celery app"
    BROKER = "broker"
    VARIABLES = "variables"
    WORKERS = "workers"


Wrong = Callable[[Part, FleetError], None]
"""Hears what is wrong with which part. It may raise the error, which ends the search."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is; `candidates` is empty, and `interpreter` None, where that is wrong.

    `notes` are for people, in the order of what they are about: production, settings, tree,
    interpreter. `env_notes` are about the files of variables.
    """

    root: Path
    workdir: Path
    name: str
    settings: Settings
    candidates: tuple[AppCandidate, ...]
    interpreter: Interpreter | None
    env: tuple[EnvValue, ...]
    production: tuple[ProductionPool, ...]
    notes: tuple[str, ...]
    env_notes: tuple[str, ...]


def find_project(
    path: Path,
    environ: Mapping[str, str],
    wrong: Wrong,
    *,
    app: str | None = None,
    python: str | None = None,
    machine: Machine | None = None,
    chosen: Mapping[str, Setting] | None = None,
    leave_out: Collection[str] = (),
) -> Found | None:
    """Look through the folder `path`; None where it cannot be looked through.

    `app` and `python` are what a person named for this run; `chosen` are settings over all that
    files and variables say, and of the keys in `leave_out` the file of this machine is not heard.
    Blocks: files are read, and managers of environments are asked (`find_interpreter`).
    """
    try:
        root = project_folder(path)
        name = project_name(root)
        local = local_file(name)
        settings = load_settings(
            root, environ, user=user_file(), local=local, leave_out=leave_out
        ).over(chosen or {})
        fixed = _workdir(root, settings)
    except FleetError as error:
        wrong(Part.FOLDER, error)
        return None
    tree = look_around(root)
    candidates: tuple[AppCandidate, ...] = ()
    try:
        candidates = _apps(tree, settings, environ, fixed, app)
    except FleetError as error:
        wrong(Part.APP, error)
    workdir = candidates[0].workdir if candidates else fixed or root
    interpreter = None
    try:
        interpreter = find_interpreter(
            machine or this_machine(environ),
            root=root,
            workdir=workdir,
            given=python,
            setting=settings.python,
            setting_from=settings.where("python"),
        )
    except FleetError as error:
        wrong(Part.INTERPRETER, error)
    production = tuple(production_pools(tree))
    env, env_notes = _env(root, workdir, settings, environ)
    return Found(
        root=root,
        workdir=workdir,
        name=name,
        settings=settings,
        candidates=candidates,
        interpreter=interpreter,
        env=env,
        production=production,
        notes=(
            *filter(None, (unlike(found.pool, found.where) for found in production)),
            *settings.warnings,
            *tree.notes,
            *(interpreter.notes if interpreter else ()),
        ),
        env_notes=env_notes,
    )


def _workdir(root: Path, settings: Settings) -> Path | None:
    if not settings.workdir:
        return None
    return existing_folder(root / settings.workdir, "The setting workdir")


def _apps(
    tree: Tree,
    settings: Settings,
    environ: Mapping[str, str],
    workdir: Path | None,
    app: str | None,
) -> tuple[AppCandidate, ...]:
    if app:
        return (given_app(app, "-A", tree, workdir),)
    return find_apps(tree, settings, environ, workdir)


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
