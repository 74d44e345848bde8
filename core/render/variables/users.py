"""Which files of a project the web service runs, and which the worker.

By what their first modules import, and name as texts: Celery's lists of task modules, Django's
settings. Blocks: for a thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.project.modules import find_module
from core.project.opening import Project
from core.project.source import Import, Source, read_source
from core.project.tree import Tree
from core.render.web import find_web_apps

_TASKS: Final = "tasks.py"


@dataclass(frozen=True, slots=True)
class Users:
    """The files of each, empty where nothing is known of it."""

    web: frozenset[Path] = frozenset()
    worker: frozenset[Path] = frozenset()

    def of(self, file: Path) -> tuple[str, ...]:
        """Who runs a file."""
        return tuple(
            name for name, files in (("web", self.web), ("worker", self.worker)) if file in files
        )


def users_of(project: Project, tree: Tree) -> Users:
    """Follow the imports from the web application and from the Celery app."""
    workdir = project.workdir
    webs = find_web_apps(workdir, tree.python, ())
    worker = _reached(list(_of_app(project.app, workdir)), workdir)
    if any(read_source(file).loads_tasks for file in worker):  # autodiscover_tasks and the like
        tasks = [file for file in tree.python if file.name == _TASKS]
        worker |= _reached([file for file in tasks if file.is_relative_to(workdir)], workdir)
    return Users(_reached([web.file for web in webs[:1]], workdir), worker)


def _of_app(app: str, workdir: Path) -> Iterator[Path]:
    """The module of the app; of a package, the `celery.py` in it too, as `celery -A` tries it."""
    if (found := find_module(app, workdir)) is not None:
        yield found.file
        inner = found.file.with_name("celery.py")
        if found.file.name == "__init__.py" and inner.is_file():
            yield inner


def _reached(starts: list[Path], workdir: Path) -> frozenset[Path]:
    seen: set[Path] = set()
    waiting = list(starts)
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        source = read_source(file)
        waiting += _named(source, file, workdir)
        waiting += (each for each in _packages(file, workdir) if each not in seen)
    return frozenset(seen)


def _named(source: Source, file: Path, workdir: Path) -> Iterator[Path]:
    for name in source.dotted:
        if (found := find_module(name, workdir)) is not None:
            yield found.file
    for origin in source.bound.values():
        if origin is not None:
            yield from _imported(origin, file, workdir)


def _imported(origin: Import, file: Path, workdir: Path) -> Iterator[Path]:
    folder = file.parents[origin.level - 1] if origin.level else workdir
    for name in filter(None, (origin.module, f"{origin.module}.{origin.name}".strip("."))):
        if (found := find_module(name, folder)) is not None:
            yield found.file


def _packages(file: Path, workdir: Path) -> Iterator[Path]:
    for folder in file.parents:
        if not folder.is_relative_to(workdir):
            return
        if (init := folder / "__init__.py").is_file():
            yield init
