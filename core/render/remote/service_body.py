"""A service of a render.yaml as Render's API takes it.

The same things have other names there: `worker` is background_worker, `pro plus` is pro_plus
(https://api-docs.render.com/reference/create-service).
"""

from collections.abc import Mapping
from typing import Any, Final

from core.errors import USAGE, FleetError
from core.render.blueprint.node import Items, Scalar, Table

_TYPES: Final[Mapping[str, str]] = {
    "web": "web_service",
    "worker": "background_worker",
    "pserv": "private_service",
    "cron": "cron_job",
}
_DETAILS: Final = ("preDeployCommand", "healthCheckPath", "schedule")
_NUMBERS: Final = ("numInstances", "maxShutdownDelaySeconds")
_DOCKER: Final = ("dockerCommand", "dockerContext", "dockerfilePath")
_TAKEN: Final = frozenset(
    (
        *("type", "name", "runtime", "env", "plan", "region", "repo", "branch", "rootDir"),
        *("buildCommand", "startCommand", "scaling", "autoDeployTrigger", "buildFilter", "envVars"),
        *(*_DETAILS, *_NUMBERS, *_DOCKER),
    )
)


def service_body(table: Table, repo: str, branch: str) -> dict[str, Any]:
    """All but its owner and its variables. Raises FleetError for what the API does not take so."""
    name, kind = table.text("name"), _TYPES.get(table.text("type"))
    unknown = [each.key.text for each in table.all() if each.key.text not in _TAKEN]
    runtime = table.text("runtime") or table.text("env")
    why = ""
    if kind is None or runtime in ("static", "image"):
        why = f"{table.text('type')} of the runtime {runtime or '?'}"
    elif unknown:
        why = ", ".join(unknown)
    elif any("fromDatabase" in one or _other_service(one) for one in table.tables("envVars")):
        why = "variables from a database or from another service"
    if why:
        raise only_by_blueprint(name, why)
    body: dict[str, Any] = {
        "type": kind,
        "name": name,
        "repo": table.text("repo") or repo,
        "branch": table.text("branch") or branch,
        "serviceDetails": _details(table, runtime),
    }
    body |= _texts(table, ("rootDir", "autoDeployTrigger"))
    if (paths := table.table("buildFilter")) is not None:
        body["buildFilter"] = {key: _list(paths, key) for key in ("paths", "ignoredPaths")}
    return body


def _details(table: Table, runtime: str) -> dict[str, Any]:
    details: dict[str, Any] = {
        "runtime": runtime,
        "plan": (table.text("plan") or "starter").lower().replace(" ", "_"),
        "region": table.text("region") or "oregon",
    }
    details |= _texts(table, _DETAILS)
    details |= {key: int(table.text(key)) for key in _NUMBERS if table.text(key).isdecimal()}
    keys = _DOCKER if runtime == "docker" else ("buildCommand", "startCommand")
    details["envSpecificDetails"] = _texts(table, keys)
    if (scaling := table.table("scaling")) is not None:
        details["autoscaling"] = _autoscaling(scaling)
    return details


def _autoscaling(scaling: Table) -> dict[str, Any]:
    targets = {
        name: scaling.text(key)
        for name, key in (("cpu", "targetCPUPercent"), ("memory", "targetMemoryPercent"))
    }
    return {
        "enabled": True,
        "min": int(scaling.text("minInstances") or 1),
        "max": int(scaling.text("maxInstances") or 1),
        "criteria": {
            name: {"enabled": bool(percent), "percentage": int(percent or 90)}
            for name, percent in targets.items()
        },
    }


def _other_service(variable: Table) -> bool:
    source = variable.table("fromService")
    if source is None:
        return False
    kind, wanted = source.text("type"), source.text("property")
    return kind not in ("keyvalue", "redis") or wanted != "connectionString"


def _texts(table: Table, keys: tuple[str, ...]) -> dict[str, str]:
    return {key: table.text(key) for key in keys if table.text(key)}


def _list(table: Table, key: str) -> list[str]:
    entry = table.entry(key)
    items = entry.value.items if entry is not None and isinstance(entry.value, Items) else ()
    return [each.text for each in items if isinstance(each, Scalar)]


def only_by_blueprint(name: str, what: str) -> FleetError:
    """The error for what only Render's dashboard makes of a render.yaml."""
    return FleetError(
        f"{name} is not made by the API",
        f"it has {what}, which only a connected Blueprint brings along",
        "Connect the repository in the dashboard: solofleet render create shows how.",
        exit_code=USAGE,
    )
