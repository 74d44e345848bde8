"""Makes by the API what a render.yaml has and Render has not: Key Values, groups, services.

For whoever cannot connect the repository in the dashboard: what is made so is kept in step with
render.yaml by nobody. What the API takes in another way, or not at all, is refused by name.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.errors import USAGE, FleetError
from core.render.api.answers import EnvGroup, KeyValue, Owner
from core.render.api.client import RenderApi
from core.render.api.lenient import Json
from core.render.api.matching import Match
from core.render.blueprint.node import Table
from core.render.blueprint.reading import Document
from core.render.blueprint.schema import KEY_VALUES
from core.render.blueprint.services import groups_of, services_of
from core.render.remote.change import Change
from core.render.remote.scaling import price
from core.render.remote.service_body import only_by_blueprint, service_body
from core.secret import Secret

_OF_KEY_VALUE: Final = frozenset(
    ("type", "name", "plan", "region", "maxmemoryPolicy", "ipAllowList")
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a creation goes by: the file, whose it will be, and where its code is."""

    document: Document
    owner: Owner
    repo: str
    branch: str


def creations(
    ground: Ground,
    matches: Sequence[Match],
    key_values: Sequence[KeyValue],
    groups: Sequence[EnvGroup],
) -> tuple[Change, ...]:
    """What is missing, in the order in which it can be made. Raises FleetError."""
    root, workspace = ground.document.root, ground.owner.name
    for table in root.tables("databases") if root is not None else ():
        raise only_by_blueprint(f"the database {table.text('name')}", "tables of its own")
    has = {each.name for each in key_values}
    made: list[Change] = []
    for table in services_of(root):
        if table.text("type") in KEY_VALUES and table.text("name") not in has:
            made.append(_key_value(ground, table))
    has = {each.name for each in groups}
    made += [_group(ground, each) for each in groups_of(root) if each.text("name") not in has]
    missing = {each.name for each in matches if each.service is None}
    for table in services_of(root):
        if table.text("name") in missing and table.text("type") not in KEY_VALUES:
            made.append(_service(ground, table))
    if made:
        return tuple(made)
    raise FleetError(
        f"nothing is to be made in the workspace {workspace}",
        "it has all that render.yaml names",
        "See how it is: solofleet render status.",
        exit_code=USAGE,
    )


def _key_value(ground: Ground, table: Table) -> Change:
    name = table.text("name")
    unknown = [each.key.text for each in table.all() if each.key.text not in _OF_KEY_VALUE]
    allowed = table.entry("ipAllowList")
    if unknown or (allowed is not None and tuple(getattr(allowed.value, "items", ("?",)))):
        raise only_by_blueprint(name, ", ".join(unknown) or "an ipAllowList that is not empty")
    plan = _word(table.text("plan") or "starter")
    region = table.text("region") or "oregon"
    policy = _word(table.text("maxmemoryPolicy") or "noeviction").replace("-", "_")
    kind = ", ".join((plan, region, policy))
    return Change(
        name,
        f"make the Key Value {name} ({kind}) in the workspace {ground.owner.name}",
        f"{name}: the Key Value is made",
        {"created": "key_value"},
        lambda api: api.create_key_value(name, ground.owner.id, plan, region, policy),
    )


def _group(ground: Ground, table: Table) -> Change:
    name = table.text("name")
    values: dict[str, Secret] = {}
    for variable in table.tables("envVars"):
        key = variable.text("key")
        if "value" in variable:
            values[key] = Secret(variable.text("value"))
        else:
            raise only_by_blueprint(f"the group {name}", f"{key}, which has no value in the file")
    return Change(
        name,
        f"make the group {name} with {', '.join(values) or 'no variable'} in the workspace "
        f"{ground.owner.name}",
        f"{name}: the group is made",
        {"created": "group"},
        lambda api: api.create_env_group(name, ground.owner.id, values),
    )


def _service(ground: Ground, table: Table) -> Change:
    name = table.text("name")
    body = service_body(table, ground.repo, ground.branch)
    body["ownerId"] = ground.owner.id
    left = [one.text("key") for one in table.tables("envVars") if one.text("sync") == "false"]
    details = body["serviceDetails"]
    cost = price(details["plan"], details.get("numInstances", 1))
    return Change(
        name,
        f"make the {body['type'].replace('_', ' ')} {name} ({details['plan']}) of "
        f"{body['repo']}, {body['branch']}, in the workspace {ground.owner.name}{cost}; "
        "and deploy it",
        f"{name}: the service is made, and deployed",
        {"created": body["type"]},
        lambda api: _make(api, ground, table, body),
        f"{', '.join(left)} of {name} has no value yet: solofleet render env --push."
        if left
        else "",
    )


async def _make(api: RenderApi, ground: Ground, table: Table, body: Mapping[str, Any]) -> None:
    """Make it with its variables, and link its groups; what it then lacked it gets by a deploy."""
    pairs = [pair async for pair in _pairs(api, ground, table)]
    service, _ = await api.create_service({**body, "envVars": pairs})
    wanted = [name for one in table.tables("envVars") if (name := one.text("fromGroup"))]
    if not wanted:
        return
    try:
        groups = {each.name: each for each in await api.env_groups(ground.owner.id)}
        for name in wanted:
            if name in groups:
                await api.link_group(groups[name], service)
        await api.start_deploy(service)
    except FleetError as error:
        error.fix += f" {service.name} itself is made; link {', '.join(wanted)}, and deploy it."
        raise


async def _pairs(api: RenderApi, ground: Ground, table: Table) -> AsyncGenerator[Json]:
    for one in table.tables("envVars"):
        key = one.text("key")
        if not key:
            continue
        if "value" in one:
            yield {"key": key, "value": one.text("value")}
        elif one.text("generateValue") == "true":
            yield {"key": key, "generateValue": True}
        elif (source := one.table("fromService")) is not None:
            yield {"key": key, "value": await _address(api, ground, source)}


async def _address(api: RenderApi, ground: Ground, source: Table) -> str:
    name = source.text("name")
    for each in await api.key_values(ground.owner.id):
        if each.name == name:
            return (await api.connection(each)).internal.reveal()
    raise FleetError(
        f"the address of {name} is not known",
        f"the workspace {ground.owner.name} has no Key Value of that name",
        "Make it first: it is a service of type keyvalue in render.yaml.",
        exit_code=USAGE,
    )


def _word(text: str) -> str:
    return text.strip().lower().replace(" ", "_")
