"""Which service on Render is which of render.yaml: by name, which is unique in a workspace."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.errors import USAGE, FleetError
from core.render.api.answers import Owner, Service
from core.render.blueprint.node import Table
from core.render.blueprint.reading import Document
from core.render.blueprint.running import TextOf, no_file, whole_command
from core.render.blueprint.services import Role, role_of, runtime_of, services_of

_TYPES: Final = {
    "web": "web_service",
    "worker": "background_worker",
    "pserv": "private_service",
    "cron": "cron_job",
}
"""What the API calls the types of a Blueprint."""


@dataclass(frozen=True, slots=True)
class Match:
    """A service of render.yaml; `service` is None where there is none like it on Render."""

    name: str
    role: Role
    type: str
    service: Service | None


def match(
    document: Document, services: Sequence[Service], text_of: TextOf = no_file
) -> tuple[Match, ...]:
    """Every service of the file, but for Key Values, in its order.

    `text_of` reads the repository's files, which tell what scripts and Dockerfiles start.
    """
    by_name = {service.name: service for service in services}
    found: list[Match] = []
    for table in services_of(document.root):
        role = role_of(table, whole_command(table, text_of))
        name, kind = table.text("name"), _type(table)
        if role is Role.KEY_VALUE or not name:
            continue
        there = by_name.get(name)
        fits = there is not None and there.type == kind
        found.append(Match(name, role, kind, there if fits else None))
    return tuple(found)


def _type(table: Table) -> str:
    if runtime_of(table) == "static":
        return "static_site"
    kind = table.text("type")
    return _TYPES.get(kind, kind)


def choose_owner(owners: Sequence[Owner], wanted: str | None) -> Owner:
    """The workspace of this name or id; the only one when nobody said. Raises FleetError."""
    fits = [each for each in owners if wanted in (None, each.id, each.name)]
    if len(fits) == 1:
        return fits[0]
    what = "the key sees several workspaces" if wanted is None else f"which one is {wanted!r}?"
    names = ", ".join(f"{each.name} ({each.id})" for each in owners) or "none"
    fix = "Say which one: --owner NAME, or its id."
    raise FleetError(what, f"there are: {names}", fix, exit_code=USAGE)


def choose_service(matches: Iterable[Match], name: str | None, role: Role) -> Service:
    """The service of this name; the only one for `role` when nobody said. Raises FleetError."""
    known = tuple(matches)
    fits = [each for each in known if (each.name == name if name else each.role is role)]
    names = ", ".join(each.name for each in known) or "no service at all"
    if len(fits) != 1:
        what = f"render.yaml has no service {name!r}" if name else f"which {role.value} is meant?"
        raise FleetError(what, f"it has {names}", "Say which one: --service NAME.", exit_code=USAGE)
    if (service := fits[0].service) is not None:
        return service
    raise FleetError(
        f"{fits[0].name} is not on Render",
        f"the workspace has no {fits[0].type.replace('_', ' ')} of that name",
        "Connect the repository once: https://dashboard.render.com/blueprints, New Blueprint "
        "Instance. Render then makes all services of render.yaml.",
        exit_code=USAGE,
    )
