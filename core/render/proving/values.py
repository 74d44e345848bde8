"""The variables that a service has on Render, as far as they are known on this machine.

What render.yaml says is taken as it stands, what is asked for there from the `.env` files, and what
Render makes or looks up is made up in its form.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from core.errors import FleetError
from core.render.blueprint.schema import KEY_VALUES
from core.render.blueprint.services import groups_of
from core.render.plans import known_plans
from core.render.preflight.services import Service
from core.render.preflight.snapshot import Snapshot
from core.render.variables.contract import is_given
from core.render.variables.written import Kind, Written
from core.secret import Secret

_MAX_DEPTH: Final = 5


@dataclass(frozen=True, slots=True)
class Values:
    """`known` by name; `asked` of these are typed on Render, and so secret whatever their name.

    `lacking` are names that it will have there, of which nobody knows the value here.
    """

    known: Mapping[str, Secret]
    asked: frozenset[str] = frozenset()
    lacking: tuple[str, ...] = ()


def values_of(service: Service, snapshot: Snapshot) -> Values:
    """What the service gets; its own variables win over those of groups."""
    local = {v.name: v.secret for v in reversed(_local(snapshot)) if v.secret is not None}
    known = dict(_of_render(service, snapshot))
    asked: set[str] = set()
    lacking: list[str] = []
    for written in _first_of_each(service.values):
        value = _value(written, snapshot)
        if value is None:
            value = local.get(written.name)
            asked.add(written.name)
        if value is None:
            lacking.append(written.name)
        else:
            known[written.name] = value
    if _has_more(service, snapshot):
        own = {written.name for written in service.values}
        known |= {name: value for name, value in local.items() if name not in own}
    return Values(known, frozenset(asked), tuple(lacking))


def _local(snapshot: Snapshot) -> list[Written]:
    """What `.env` files say, those for production first."""
    found = [value for value in snapshot.values if value.owner is None]
    found = [value for value in found if not is_given(value.name)]
    return sorted(found, key=lambda value: not value.deployed)


def _first_of_each(values: Iterable[Written]) -> Iterator[Written]:
    seen: set[str] = set()
    for value in values:
        if value.name not in seen:
            seen.add(value.name)
            yield value


def _value(written: Written, snapshot: Snapshot, depth: int = 0) -> Secret | None:
    match written.kind:
        case Kind.VALUE:
            return written.secret
        case Kind.GENERATED:
            return Secret(secrets.token_urlsafe(32))
        case Kind.REFERENCE:
            return _looked_up(written.refers_to, snapshot, depth)
        case Kind.ASKED:
            return None


def _looked_up(refers_to: str, snapshot: Snapshot, depth: int) -> Secret | None:
    """What another service tells: its name within Render's network, or one of its variables.

    None for databases, and for references that lead round in a circle.
    """
    source, _, rest = refers_to.partition(":")
    name, _, what = rest.rpartition(":")
    other = next((each for each in snapshot.services if each.name == name), None)
    if source != "fromService" or other is None or depth > _MAX_DEPTH:
        return None
    is_redis = other.kind in KEY_VALUES
    port = "6379" if is_redis else "10000"
    told = {"host": name, "port": port, "hostport": f"{name}:{port}"}
    if is_redis:
        told["connectionString"] = f"redis://{name}:{port}"
    if what in told:
        return Secret(told[what])
    theirs = next((value for value in other.values if value.name == what), None)
    return None if theirs is None else _value(theirs, snapshot, depth + 1)


def _has_more(service: Service, snapshot: Snapshot) -> bool:
    """Whether it gets what render.yaml does not hold, for which `.env` files stand."""
    document = snapshot.blueprint.document
    if document is None:
        return True
    return bool(set(service.groups) - {group.text("name") for group in groups_of(document.root)})


def _of_render(service: Service, snapshot: Snapshot) -> Iterator[tuple[str, Secret]]:
    """https://render.com/docs/environment-variables"""
    commit = snapshot.commit
    said = {
        "RENDER": "true",
        "RENDER_SERVICE_NAME": service.name,
        "RENDER_SERVICE_TYPE": "web" if service.kind == "web" else "worker",
        "RENDER_GIT_COMMIT": commit.oid,
        "RENDER_GIT_BRANCH": commit.branch or "",
        "RENDER_CPU_COUNT": _processors(service.plan),
        "IS_PULL_REQUEST": "false",
        "PYTHONUNBUFFERED": "1",
    }
    return ((name, Secret(value)) for name, value in said.items())


def _processors(plan: str) -> str:
    try:
        return f"{known_plans().plan(plan or 'starter').cpu:g}"
    except FleetError:
        return "1"
