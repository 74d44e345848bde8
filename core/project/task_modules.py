"""The module to name for an app whose own module loads no tasks.

Many projects make the app in one module, define tasks in another that imports it, and start
`celery -A app.worker`. A worker that is given the first module knows none of the tasks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.project.modules import find_module, module_name
from core.project.source import AppMention, Import, Source, read_source

_MAX_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class TaskModule:
    """A module with tasks of an app: what `celery -A` takes, and how many tasks it has."""

    app: str
    file: Path
    tasks: int


def task_modules(
    file: Path, mention: AppMention, folder: Path, sources: Mapping[Path, Source]
) -> tuple[TaskModule, ...]:
    """Find modules that define tasks of the app in `file`, the one with the most first.

    `folder` is where the app is started. There are none when the app's module has tasks itself,
    imports one that has, or says in some way which are to be loaded.
    """
    own = sources[file]
    if own.loads_tasks or own.decorated.get(mention.attr):
        return ()
    found = [
        TaskModule(f"{module_name(other, folder)}:{name}", other, count)
        for other, source in sources.items()
        if other != file and other.is_relative_to(folder)
        for name, count in source.decorated.items()
        if _leads_to(source.bound.get(name), other, folder, file, mention.attr)
    ]
    inits = (above / "__init__.py" for above in file.parents if above.is_relative_to(folder))
    for loader in (file, *(init for init in inits if init.is_file())):
        if any(_imports(loader, one.file, folder) for one in found):
            return ()
    return tuple(sorted(found, key=lambda one: (-one.tasks, one.app)))


def _leads_to(
    origin: Import | None, importer: Path, folder: Path, file: Path, attr: str | None
) -> bool:
    """Say whether a name, imported like this, is `attr` of `file`; packages pass names on."""
    for _ in range(_MAX_STEPS):
        module = _module(origin, importer, folder) if origin else None
        if origin is None or module is None or origin.name is None:
            return False
        if module == file:
            return origin.name == attr
        importer, origin = module, read_source(module).bound.get(origin.name)
    return False


def _module(origin: Import, importer: Path, folder: Path) -> Path | None:
    """Find the file of the module in `from module import name`."""
    if origin.level:
        folder = importer.parents[origin.level - 1]
    found = find_module(origin.module, folder) if origin.module else None
    return found.file if found and found.attr is None else None


def _imports(file: Path, other: Path, folder: Path) -> bool:
    source = read_source(file)
    if module_name(other, folder) in source.dotted:
        return True
    origins = [origin for origin in source.bound.values() if origin is not None]
    beside = {  # `from . import tasks`
        file.parents[origin.level - 1] / f"{origin.name}.py"
        for origin in origins
        if origin.level and not origin.module
    }
    return other in beside or any(_module(origin, file, folder) == other for origin in origins)
