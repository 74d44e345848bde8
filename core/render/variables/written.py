"""Where variables are written down: `.env` files, and what each service of render.yaml gets.

Values are Secrets, as they stand in the file: nothing is expanded, for Render expands nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from core.project.env_files import parse_env_file
from core.render.blueprint.node import Scalar, Table
from core.render.blueprint.reading import Document
from core.render.blueprint.running import TextOf, code_folder, no_file, whole_command
from core.render.blueprint.services import Role, command_text, groups_of, role_of, services_of
from core.secret import Secret

PRODUCTION: Final = (".env.production", ".env.prod", ".env.render")
"""`.env` files that are for production and nothing else."""


class Kind(StrEnum):
    """ASKED: `sync: false`, typed in the Dashboard. REFERENCE: of another service or database."""

    VALUE = "value"
    ASKED = "asked"
    GENERATED = "generated"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Written:
    """A variable where it is written down; `line` counts from 1.

    `secret` is there for a VALUE only. `refers_to` names what a REFERENCE takes. `owner` is the
    service or group of render.yaml, None for a `.env` file.
    """

    name: str
    kind: Kind
    secret: Secret | None
    file: str
    line: int
    owner: str | None = None
    refers_to: str = ""

    @property
    def text(self) -> str:
        """The value; empty where there is none. Never to be shown."""
        return self.secret.reveal() if self.secret else ""

    @property
    def deployed(self) -> bool:
        """Whether it is meant for production, and not for a laptop as well."""
        return self.owner is not None or Path(self.file).name in PRODUCTION


@dataclass(frozen=True, slots=True)
class Service:
    """A service of render.yaml with all that it gets from this file.

    `elsewhere` are groups that the file does not have: what is in them is known to Render only.
    `folder` is where its code is, "" for the top.
    """

    name: str
    role: Role
    file: str
    line: int
    command: str
    held: tuple[Written, ...]
    elsewhere: tuple[str, ...]
    folder: str = ""

    def get(self, names: Iterable[str]) -> Written | None:
        """The first of these variables that it has, whatever the case; its own before a group's."""
        for name in names:
            for written in self.held:
                if written.name.upper() == name.upper():
                    return written
        return None


def in_env_files(files: Iterable[Path], root: Path) -> Iterator[Written]:
    """The variables of these files, those that are there; paths are told from `root`. Blocks."""
    for file in dict.fromkeys(files):
        shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
        for line in parse_env_file(file).values:
            yield Written(line.name, Kind.VALUE, Secret(line.text), shown, line.line)


def in_blueprint(document: Document, shown: str, text_of: TextOf = no_file) -> tuple[Service, ...]:
    """The services with their variables; `shown` is how the file is named.

    `text_of` reads the repository's files, which tell what scripts and Dockerfiles start.
    """
    groups = {
        group.text("name"): tuple(variables_of(group, shown)) for group in groups_of(document.root)
    }
    return tuple(_service(table, groups, shown, text_of) for table in services_of(document.root))


def _service(
    table: Table, groups: dict[str, tuple[Written, ...]], shown: str, text_of: TextOf
) -> Service:
    named = [item.text("fromGroup") for item in table.tables("envVars")]
    of_groups = (written for group in named for written in groups.get(group, ()))
    return Service(
        name=table.text("name"),
        role=role_of(table, whole_command(table, text_of)),
        file=shown,
        line=table.line,
        command=command_text(table),
        held=(*variables_of(table, shown), *of_groups),
        elsewhere=tuple(group for group in named if group and group not in groups),
        folder=code_folder(table),
    )


def variables_of(owner: Table, shown: str) -> Iterator[Written]:
    """The variables of a service or a group; `shown` is how the file is named."""
    for item in owner.tables("envVars"):
        if name := item.text("key"):
            yield _variable(name, item, shown, owner.text("name"))


def _variable(name: str, item: Table, shown: str, owner: str) -> Written:
    entry = item.entry("value")
    if entry is not None and isinstance(entry.value, Scalar):
        value = entry.value
        return Written(name, Kind.VALUE, Secret(value.text), shown, value.line, owner)
    for key in ("fromService", "fromDatabase"):
        if (source := item.table(key)) is not None:
            what = source.text("property") or source.text("envVarKey")
            refers_to = f"{key}:{source.text('name')}:{what}"
            return Written(name, Kind.REFERENCE, None, shown, item.line, owner, refers_to)
    kind = Kind.GENERATED if "generateValue" in item else Kind.ASKED
    return Written(name, kind, None, shown, item.line, owner)
