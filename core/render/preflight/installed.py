"""What is installed beside the project's interpreter, and what each package asks for in turn.

Read from `*.dist-info/METADATA` (https://packaging.python.org/specifications/core-metadata/):
nothing is run.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from core.project.environments import environment_of
from core.render.preflight.packages import Package


def read_installed(python: Path) -> Mapping[str, tuple[str, ...]]:
    """The packages of the environment that `python` belongs to, with what they require. Blocks.

    Empty for an interpreter that is in no environment of its own.
    """
    prefix = environment_of(python)
    if prefix is None:
        return {}
    places = (prefix / "Lib" / "site-packages", *prefix.glob("lib/python3*/site-packages"))
    files = (file for place in places for file in place.glob("*.dist-info/METADATA"))
    return dict(_package(file) for file in files)


def _package(file: Path) -> tuple[str, tuple[str, ...]]:
    name = file.parent.name.partition("-")[0]
    try:
        head = file.read_text("utf-8", "replace").partition("\n\n")[0]
    except OSError:
        head = ""
    lines = head.splitlines()
    wanted = [line.partition(":")[2].strip() for line in lines if line.startswith("Requires-Dist:")]
    return canonicalize_name(name), tuple(wanted)


_ALONE: Final = frozenset(("uvloop",))
"""Packages for Linux alone that no Windows has installed, and that require nothing."""


@dataclass(frozen=True, slots=True)
class Closure:
    """All that some packages bring, by name. `complete`: of each it is known what it requires."""

    names: frozenset[str]
    complete: bool


def closure(
    packages: Iterable[Package],
    installed: Mapping[str, tuple[str, ...]],
    around: Mapping[str, str],
) -> Closure:
    """Follow what is asked for on Linux through what each package requires there."""
    waiting = [(each.name, each.extras) for each in packages if each.on_linux]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        asked = waiting.pop()
        if asked not in seen:
            seen.add(asked)
            waiting += _required(*asked, installed, around)
    names = frozenset(name for name, _ in seen)
    return Closure(names, complete=names <= installed.keys() | _ALONE)


def _required(
    name: str,
    extras: frozenset[str],
    installed: Mapping[str, tuple[str, ...]],
    around: Mapping[str, str],
) -> Iterator[tuple[str, frozenset[str]]]:
    for written in installed.get(name, ()):
        try:
            asked = Requirement(written)
        except InvalidRequirement:
            continue
        marker = asked.marker
        wanted = ({**around, "extra": extra} for extra in ("", *extras))
        if marker is None or any(marker.evaluate(each) for each in wanted):
            yield canonicalize_name(asked.name), frozenset(asked.extras)
