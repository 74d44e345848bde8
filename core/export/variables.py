"""Where a script gets the project's variables from, without their values standing in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from core.project.env_files import parse_env_file
from core.project.folder import env_files
from core.project.opening import Project
from core.secret import mask_url

BROKER: Final = "CELERY_BROKER_URL"
_REFERENCE: Final = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class FromFile:
    """The script reads it: the line is a plain `NAME=value`, perhaps in double quotes."""

    name: str
    file: Path


@dataclass(frozen=True, slots=True)
class SameAs:
    """It has the value of another one, which comes before."""

    name: str
    other: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is no secret and stands in the script."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """The script ends when it is not set; `why` says where to find it."""

    name: str
    why: str


Variable: TypeAlias = FromFile | SameAs | Literal | ByHand


def variables_of(project: Project, broker: str | None) -> tuple[Variable, ...]:
    """What the commands need of the project's .env files, and of the broker that was asked for.

    The first file to set a name wins, as for the workers. In the order in which they can be set.
    """
    found: dict[str, Variable] = {}
    for file in env_files(project.root, project.workdir, project.settings):
        own = dict(_of_file(file))
        found = {**own, **found}
    if broker is not None:
        found[BROKER] = _of_broker(broker)
    known = [variable for variable in found.values() if not isinstance(variable, SameAs)]
    return (*known, *(variable for variable in found.values() if isinstance(variable, SameAs)))


def _of_file(file: Path) -> Iterable[tuple[str, Variable]]:
    lines = _raw_lines(file)
    for entry in parse_env_file(file).values:
        raw = lines[entry.line - 1] if entry.line <= len(lines) else ""
        if reference := _REFERENCE.fullmatch(entry.text):
            yield entry.name, SameAs(entry.name, reference[1])
        elif _as_scripts_read(raw, entry.name) == entry.text:
            yield entry.name, FromFile(entry.name, file)
        else:
            yield entry.name, ByHand(entry.name, f"it is in {file}, line {entry.line}")


def _raw_lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


def _as_scripts_read(line: str, name: str) -> str | None:
    """What the readers in `core.export.scripts` make of a line; None when that is in doubt."""
    value = line.removeprefix(f"{name}=")
    if value == line or not value.isascii() or value.startswith("="):
        return None
    if len(value) > 1 and value.startswith('"') and value.endswith('"'):
        value = value[1:-1]
    # cmd takes signs as its own where a value is used again, and every shell a quote or a reference
    return None if set(value) & set("\"'`$\\%!^") else value


def _of_broker(broker: str) -> Variable:
    if broker == "builtin":
        why = "the built-in broker is there only while Solofleet runs: name one of your own"
        return ByHand(BROKER, why)
    if mask_url(broker) != broker:
        return ByHand(BROKER, "the broker that was asked for has a password")
    return Literal(BROKER, broker)
