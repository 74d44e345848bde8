"""Apps that a project names itself: in settings, variables or commands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import USAGE, FleetError
from core.project.env_files import parse_env_file
from core.project.modules import Found, find_module, is_dotted_name
from core.project.tree import DECLARING_FILES, Tree
from core.settings import Settings

VARIABLE: Final = "CELERY_APP"


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration, the surest first: `where` it stands and the folder it speaks of."""

    app: str
    score: int
    where: str
    folder: Path


def declared_apps(tree: Tree, settings: Settings, environ: Mapping[str, str]) -> Iterator[Declared]:
    """Yield what the project says: its setting, CELERY_APP, then a Procfile and the like."""
    if settings.app:
        yield Declared(settings.app, 100, settings.where("app"), tree.root)
    if environ.get(VARIABLE):
        yield Declared(environ[VARIABLE], 98, f"{VARIABLE} of the environment", tree.root)
    for file in tree.declaring:
        if file.name.startswith(".env"):
            for value in parse_env_file(file).values:
                if value.name == VARIABLE and value.text:
                    where = f"{VARIABLE} in {file}:{value.line}"
                    yield Declared(value.text, 96, where, file.parent)
        else:
            score = 94 - DECLARING_FILES.index(file.name)
            for app, line in apps_in_commands(text_of(file)):
                yield Declared(app, score, f"the command in {file}:{line}", file.parent)


# `celery -A proj worker`, `celery worker --app=proj`, `["celery", "-A", "proj", "worker"]`.
_COMMAND: Final = re.compile(
    r"""\bcelery\b.*?(?:\s|["'])(?:-A|--app)["']?[\s=,]*["']?(?P<app>[A-Za-z_][\w.]*(?::\w+)?)"""
)


def apps_in_commands(text: str) -> Iterator[tuple[str, int]]:
    """Yield each app in the `celery` commands of `text`, with its line; comments are left out."""
    for number, line in enumerate(text.splitlines(), 1):
        match = None if line.lstrip().startswith("#") else _COMMAND.search(line)
        if match:
            yield match["app"], number


def text_of(file: Path) -> str:
    """The text of a file, or of its first part; empty when it cannot be read."""
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as stream:
            return stream.read(1_000_000)
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a named app may live: the folder to start in, and the module."""

    workdir: Path
    found: Found


def find_places(app: str, folders: Iterable[Path]) -> Iterator[Place]:
    """Yield where `app` can be imported from; folders that are packages come last."""
    for workdir in sorted(folders, key=lambda folder: (folder / "__init__.py").is_file()):
        found = find_module(app, workdir)
        if found is not None:
            yield Place(workdir, found)


def check_app_name(app: str, where: str) -> None:
    """Raise FleetError unless `app` has a form that Celery's `-A` takes."""
    module, colon, attr = app.partition(":")
    if is_dotted_name(module.split(".")) and (not colon or attr.isidentifier()):
        return
    as_path = app.replace("\\", "/").removesuffix(".py").strip("/").replace("/", ".")
    looks_like_path = app != as_path and is_dotted_name(as_path.split("."))
    raise FleetError(
        f"{app!r}, from {where}, does not name a Celery app",
        "an app is named as Python imports it: package.module or package.module:attribute",
        f"Write {as_path} instead." if looks_like_path else "Write it in that form.",
        exit_code=USAGE,
    )
