"""The names of the variables that the services of a project want; never their values."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.project.env_files import parse_env_file
from core.project.folder import env_files
from core.project.opening import Project
from core.project.source import MAX_BYTES
from core.render.variables.code import reads_in

BROKER: Final = ("CELERY_BROKER_URL", "CELERY_RESULT_BACKEND", "REDIS_URL")
"""The names that the address of Redis goes by."""
_NOT_ASKED: Final = ("PORT", "HOST", "PYTHON", "RENDER", "SOLOFLEET_", "FLOWER_", "CELERY_APP")
"""Render sets them, this file does, or they are for this machine."""


@dataclass(frozen=True, slots=True)
class Wants:
    """`needed`: the code fails without, or a .env file sets it; `read`: all names there are."""

    needed: tuple[str, ...]
    read: frozenset[str]


def wanted_variables(project: Project, files: Iterable[Path]) -> Wants:
    """What the .env files of a project set, and what its code reads."""
    in_files = {
        line.name
        for file in env_files(project.root, project.workdir, project.settings)
        for line in parse_env_file(file).values
    }
    reads = reads_in({str(file): data for file in files if (data := _bytes(file))})
    required = {read.name for read in reads if read.must}
    needed = sorted(name for name in in_files | required if _is_asked(name))
    every = frozenset(name for read in reads for name in read.names)
    return Wants(tuple(needed), every | in_files)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES)
    except OSError:
        return b""


def _is_asked(name: str) -> bool:
    return name not in BROKER and not name.startswith(_NOT_ASKED)
