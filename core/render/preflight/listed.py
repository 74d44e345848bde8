"""Which lists of packages the build of a root directory reads."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from core.render.preflight.commit import joined
from core.render.preflight.lock import read_lock
from core.render.preflight.packages import (
    Packages,
    environment,
    read_pyproject,
    read_requirements,
)
from core.render.preflight.services import Service

TextOf = Callable[[str], str | None]
_LISTED: Final = re.compile(r"(?:-r|--requirement)[ =]?(\S+)")


def packages_of(path: str, services: Iterable[Service], text_of: TextOf, python: str) -> Packages:
    """What the build commands install; without any, what stands in the folder.

    A lock counts before requirements.txt, as it does for Render.
    """
    around = environment(python)
    built = Packages()
    known: set[str] = set()
    for name, file, line in _named(path, services):
        if name in known:
            continue
        known.add(name)
        built = _added(built, read_requirements(name, text_of, around, (file, line)))
    if built.files or built.missing:
        return built
    for lock in ("uv.lock", "poetry.lock"):
        name = joined(path, lock)
        if (text := text_of(name)) is not None:
            names = frozenset(each.name for each in read_lock(name, text, around))
            return replace(_project(path, text_of, around), lock=name, locked=names)
    listed = joined(path, "requirements.txt")
    if text_of(listed) is not None:
        return read_requirements(listed, text_of, around, (listed, 1))
    return _project(path, text_of, around)


def _named(path: str, services: Iterable[Service]) -> Iterator[tuple[str, str, int]]:
    """The lists that build commands name with -r, each with the place of the command."""
    for service in services:
        for placed in service.build.calls if service.build else ():
            words = " ".join(placed.call.words)
            if placed.call.program in ("pip", "pip3", "uv") and "install" in words:
                for name in _LISTED.findall(words):
                    yield joined(joined(path, placed.call.folder), name), placed.file, placed.line


def _project(path: str, text_of: TextOf, around: Mapping[str, str]) -> Packages:
    name = joined(path, "pyproject.toml")
    text = text_of(name)
    return Packages() if text is None else read_pyproject(name, text, around)


def _added(one: Packages, other: Packages) -> Packages:
    return Packages(
        tuple(dict.fromkeys((*one.files, *other.files))),
        tuple(dict.fromkeys((*one.packages, *other.packages))),
        tuple(dict.fromkeys((*one.opaque, *other.opaque))),
        tuple(dict.fromkeys((*one.missing, *other.missing))),
    )
