"""The names of the variables that the services of a project want; never their values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.project.env_files import parse_env_file
from core.project.folder import env_files
from core.project.opening import Project
from core.project.source import MAX_BYTES
from core.render.preflight.code import read_code
from core.render.preflight.settings_of import settings_of
from core.render.variables.code import reads_in
from core.render.variables.read import Read
from core.render.variables.wrong import host_here

RESULTS: Final = "CELERY_RESULT_BACKEND"
BROKER: Final = ("CELERY_BROKER_URL", RESULTS, "REDIS_URL")
"""The names that the address of Redis goes by."""
_NOT_ASKED: Final = ("PORT", "HOST", "PYTHON", "RENDER", "SOLOFLEET_", "FLOWER_", "CELERY_APP")
"""Render sets them, this file does, or they are for this machine."""


@dataclass(frozen=True, slots=True)
class Wants:
    """`needed`: the code fails without, or goes to this very machine, or a .env file sets it.

    `required` are those without which it fails, or goes there. `read`: all names there are; also
    that of a place for results that the code has on this machine.
    """

    needed: tuple[str, ...]
    read: frozenset[str]
    required: frozenset[str] = frozenset()


def wanted_variables(project: Project, files: Iterable[Path]) -> Wants:
    """What the .env files of a project set, and what its code reads."""
    in_files = {
        line.name
        for file in env_files(project.root, project.workdir, project.settings)
        for line in parse_env_file(file).values
    }
    sources = {str(file): data for file in files if (data := _bytes(file))}
    reads = reads_in(sources)
    required = {read.name for read in reads if read.must or _leads_here(read)}
    needed = sorted(name for name in in_files | required if _is_asked(name))
    every = frozenset(name for read in reads for name in read.names)
    read = every | in_files | frozenset(_fixed(sources))
    return Wants(tuple(needed), read, frozenset(required))


def _leads_here(read: Read) -> bool:
    return not read.maybe and host_here(read.name, read.default or "") is not None


_RESULTS: Final = {"backend": RESULTS, "result_backend": RESULTS, "celery_result_backend": RESULTS}


def _fixed(sources: Mapping[str, bytes]) -> Iterator[str]:
    """The variable that beats an address of this machine in the code, once for each such place."""
    for path, data in sources.items():
        if b"backend" in data.lower():
            for setting in settings_of(read_code(path, data), _RESULTS):
                text = setting.value if isinstance(setting.value, str) else ""
                if text.startswith("redis") and host_here("", text) is not None:
                    yield setting.name


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES)
    except OSError:
        return b""


def _is_asked(name: str) -> bool:
    return name not in BROKER and not name.startswith(_NOT_ASKED)
