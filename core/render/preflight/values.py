"""The variables that are written down for production, each with its place; values are Secrets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from core.render.blueprint.node import Scalar, Table
from core.secret import Secret

Source = Literal["value", "asked", "generated", "reference"]
"""`asked`: `sync: false`, typed in the Dashboard. `reference`: of another service or database."""

PRODUCTION: Final = (".env.production", ".env.prod", ".env.render")
"""Names of `.env` files that are meant for production and nothing else."""


@dataclass(frozen=True, slots=True)
class Value:
    """A variable where it is written down: `file` and `line` from 1.

    `secret` is the text as it stands there, not expanded; None unless `source` is `value`. `owner`
    is the service or group of render.yaml, None for a `.env` file, which stands for the group that
    all services would get.
    """

    name: str
    source: Source
    secret: Secret | None
    file: str
    line: int
    owner: str | None = None

    @property
    def text(self) -> str:
        """The value; empty where there is none. Never to be shown."""
        return self.secret.reveal() if self.secret else ""

    @property
    def deployed(self) -> bool:
        """Whether it is written for production for certain, and not for a laptop as well."""
        return self.owner is not None or self.file.rpartition("/")[2] in PRODUCTION


def values_of(table: Table, file: str, owner: str) -> Iterator[Value]:
    """The variables in `envVars` of a service or a group."""
    for item in table.tables("envVars"):
        name = item.text("key")
        entry = item.entry("value")
        if not name:
            continue
        if entry is not None and isinstance(entry.value, Scalar):
            said = entry.value
            yield Value(name, "value", Secret(said.text), file, said.line, owner)
        elif "generateValue" in item:
            yield Value(name, "generated", None, file, item.line, owner)
        elif "sync" in item:
            yield Value(name, "asked", None, file, item.line, owner)
        else:
            yield Value(name, "reference", None, file, item.line, owner)


def named_groups(table: Table) -> tuple[str, ...]:
    """The groups that a service takes its variables from."""
    names = (item.text("fromGroup") for item in table.tables("envVars"))
    return tuple(name for name in names if name)
