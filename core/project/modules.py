"""Module names as Celery's `-A` sees them: from a folder to a file, from a file to a name."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.project.source import Import, Source, read_source
from core.project.tree import between

MARKERS: Final = (
    "manage.py",
    "requirements.txt",
    "pyproject.toml",
    "main.py",
    "Procfile",
    "setup.py",
    "setup.cfg",
    "Pipfile",
    ".env",
)
"""Files that stand in the folder from which a project is run."""


def working_folder(file: Path, root: Path, dotted: Iterable[str]) -> Path:
    """Say from which folder the module in `file` is meant to be imported.

    That is the folder where most of the modules it names (`dotted`) are found; else the first
    one above its packages; and for a folder without `__init__.py`, which may be a package all
    the same, the nearest one that looks like the start of a project.
    """
    packaged = first_above_packages(file)
    top = root if packaged.is_relative_to(root) else packaged
    folders = [
        folder
        for folder in between(file.parent, top)
        if is_dotted_name(file.parent.relative_to(folder).parts)
    ]
    # Run from its own folder, a celery.py would shadow the library itself.
    if file.name == "celery.py":
        folders = folders[1:] or [file.parent.parent]
    usual = packaged if packaged != file.parent else _marked(folders)
    names = sorted(set(dotted))
    return max(folders, key=lambda folder: (_hits(folder, names), folder == usual))


def first_above_packages(file: Path) -> Path:
    """Give the first folder above `file` without an `__init__.py`."""
    folder = file.parent
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        folder = folder.parent
    return folder


def is_dotted_name(parts: Iterable[str]) -> bool:
    """Say whether folders of these names can be packages."""
    return all(part.isidentifier() for part in parts)


def _marked(folders: list[Path]) -> Path:
    marked = (f for f in folders if any((f / marker).is_file() for marker in MARKERS))
    return next(marked, folders[0])


def _hits(folder: Path, dotted: Iterable[str]) -> int:
    return sum(_is_there(folder, name) for name in dotted)


def _is_there(folder: Path, name: str) -> bool:
    first, _, rest = name.partition(".")
    if first == "celery" or first in sys.stdlib_module_names:
        return False
    if (folder / f"{first}.py").is_file():
        return True
    second = rest.partition(".")[0]
    package = folder / first
    if not second:
        return (package / "__init__.py").is_file()
    return (package / f"{second}.py").is_file() or (package / second).is_dir()


def module_name(file: Path, workdir: Path) -> str:
    """Give the dotted name of `file` when Python starts in `workdir`."""
    parts = file.relative_to(workdir).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


@dataclass(frozen=True, slots=True)
class Found:
    """A module on disk, and the attribute where one was asked for."""

    file: Path
    attr: str | None


def find_module(app: str, workdir: Path) -> Found | None:
    """Find what `-A app` means in `workdir`: `module`, `module:attr` or `module.attr`."""
    module, colon, attr = app.partition(":")
    file = _module_file(module, workdir)
    if file is not None:
        return Found(file, attr or None)
    parent, _, last = module.rpartition(".")
    file = _module_file(parent, workdir) if parent and not colon else None
    # The last part may be an attribute of a module, but a package is asked for a module first.
    return Found(file, last) if file is not None else None


def _module_file(module: str, workdir: Path) -> Path | None:
    path = workdir.joinpath(*module.split("."))
    for file in (path / "__init__.py", path.with_name(f"{path.name}.py"), path / "celery.py"):
        if file.is_file():
            return file
    return None


def celery_name(file: Path, attr: str, workdir: Path, source: Source) -> str:
    """Give the shortest form that Celery's `-A` resolves to this very object.

    `proj` for proj/celery.py, as Celery's own guide writes it; `module` where the attribute
    is the one Celery looks for; else `module:attr`, which leaves nothing to guess.
    """
    module = module_name(file, workdir)
    package, _, last = module.rpartition(".")
    if file.name == "__init__.py":
        has_submodule = any((file.parent / f"{name}.py").is_file() for name in ("app", "celery"))
        return module if not has_submodule and _is_picked(attr, source) else f"{module}:{attr}"
    init = read_source(file.parent / "__init__.py") if package else Source()
    ours = {Import(1, last, attr), Import(0, module, attr)}
    if last == "celery" and package and _gives_way(init, ("app", "celery"), ours):
        return package if _is_picked(attr, source) else f"{module}:{attr}"
    # Celery takes `package.last` for an attribute of the package before it imports a module.
    if _gives_way(init, (last,), ours) and _is_picked(attr, source):
        return module
    return f"{module}:{attr}"


def _is_picked(attr: str, source: Source) -> bool:
    """Say whether `celery.app.utils.find_app` (5.2 to 5.7) takes `attr` of this module.

    It takes `app`, then `celery`, each unless it is a module, then the first Celery instance.
    """
    names = {mention.attr for mention in source.apps}
    taken: Mapping[str, Import | None] = source.bound
    if attr == "app":
        return True
    if "app" in names or "app" in taken or source.star:
        return False
    if attr == "celery":
        return True
    is_library = taken.get("celery") == Import(0, "celery", None)
    if "celery" in names or ("celery" in taken and not is_library):
        return False
    # An imported name may hold an app of another file.
    doubtful = any(
        origin is not None and origin.name is not None and _sounds_like_app(name)
        for name, origin in taken.items()
    )
    return len(names) == 1 and not doubtful


def _sounds_like_app(name: str) -> bool:
    return name.islower() and ("celery" in name or "app" in name.split("_"))


def _gives_way(init: Source, names: Iterable[str], ours: set[Import]) -> bool:
    """Say whether a package binds none of `names` to anything but our app."""
    bound = init.bound
    held = {mention.attr for mention in init.apps}
    return not init.star and all(
        name not in held and (name not in bound or bound[name] in ours) for name in names
    )
