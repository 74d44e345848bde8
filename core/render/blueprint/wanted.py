"""What a project wants in its Blueprint, before it is put into a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.render.blueprint.services import Role
from core.render.blueprint.yaml_text import Value


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a service: a plain value, the address of the broker, or asked for.

    Secrets are asked for, by `sync: false` on each service: Render ignores that in groups.
    `required`: the service does not run without; others are for new services alone, since a person
    who wrote down one without them knows what it needs.
    """

    key: str
    value: str | None = None
    of_broker: bool = False
    required: bool = True

    def item(self, broker: tuple[str, str] | None) -> Mapping[str, Value]:
        """What stands below envVars; `broker` is type and name of the Key Value, if any."""
        if self.value is not None:
            return {"key": self.key, "value": self.value}
        if self.of_broker and broker is not None:
            kind, name = broker
            source = {"type": kind, "name": name, "property": "connectionString"}
            return {"key": self.key, "fromService": source}
        return {"key": self.key, "sync": False}


@dataclass(frozen=True, slots=True)
class WantedService:
    """A service: `fields` in the order of the file. Those in `asked` replace what a file has.

    `bare` is its command in the folder of the app, without what activates an environment.
    """

    role: Role
    name: str
    fields: Mapping[str, Value]
    variables: tuple[Variable, ...] = ()
    asked: frozenset[str] = frozenset()
    bare: str = ""

    @property
    def command(self) -> str:
        """What it runs."""
        return str(self.fields.get("startCommand", ""))

    @property
    def folder(self) -> str:
        """Its root directory; empty for that of the repository."""
        return str(self.fields.get("rootDir", ""))


@dataclass(frozen=True, slots=True)
class Wanted:
    """All services, and the environment group that is linked to all but Key Value."""

    services: tuple[WantedService, ...]
    group: str
    group_variables: tuple[Variable, ...]
    notes: tuple[str, ...] = ()
