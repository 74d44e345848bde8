"""Lints of what a service is: its runtime, plan, health check, and what it has in common."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from core.render.blueprint.fault import Fault, Severity
from core.render.blueprint.node import Node, Scalar, Table
from core.render.blueprint.reading import Document
from core.render.blueprint.schema import RUNTIMES
from core.render.blueprint.services import Role, role_of, runtime_of, services_of

_USUAL: Final = ("web", "worker", "pserv", "cron")
_ALIKE: Final = (Role.WEB, Role.WORKER, Role.BEAT)


def root_redis(document: Document) -> Iterator[Fault]:
    """`redis:` at the root."""
    entry = document.root.entry("redis") if document.root else None
    if entry is not None:
        yield _block(
            entry.key,
            "root-redis",
            "a Blueprint has no key redis",
            "Redis is a service of type keyvalue",
            "Move it below services: `- type: keyvalue`, with name and `ipAllowList: []`.",
        )


def env_for_runtime(document: Document) -> Iterator[Fault]:
    """`env:`, the old name of `runtime:` (https://render.com/docs/blueprint-spec#runtime)."""
    for service in services_of(document.root):
        if (entry := service.entry("env")) is not None:
            both = "runtime" in service
            yield _warn(
                entry.key,
                "env-for-runtime",
                f"{_name(service)} has env " + ("beside" if both else "in place of") + " runtime",
                "Render still takes that old name; its schema, by which editors check, does not",
                "Remove `env:`." if both else "Write `runtime:` in place of `env:`.",
            )


def runtime_with_version(document: Document) -> Iterator[Fault]:
    """`runtime: python-3.11.11`, as Heroku has it."""
    for service in services_of(document.root):
        entry, runtime = service.entry("runtime"), service.text("runtime")
        word = re.match(r"[a-z]*", runtime)
        if entry and runtime not in RUNTIMES and word and word[0] in RUNTIMES:
            yield _block(
                entry.value,
                "runtime-version",
                f"{_name(service)} has a version in its runtime",
                "Render's runtimes have none; a version of Python is a variable",
                f"Write `runtime: {word[0]}`, and the version into PYTHON_VERSION, in quotes.",
            )


def docker_command(document: Document) -> Iterator[Fault]:
    """Commands of Render's own runtimes on a service of Docker."""
    for service in services_of(document.root):
        entry = service.entry("startCommand") or service.entry("buildCommand")
        if entry is not None and runtime_of(service) in ("docker", "image"):
            key = entry.key.text
            yield _warn(
                entry.key,
                "docker-command",
                f"{_name(service)} is of Docker and has {key}",
                "Docker services take dockerCommand in place of it, and the Dockerfile builds them",
                "Write `dockerCommand:`." if key == "startCommand" else "Remove it.",
            )


def free_plan(document: Document) -> Iterator[Fault]:
    """`plan: free` where Render has no free plan."""
    for service in services_of(document.root):
        entry = service.entry("plan")
        if entry and service.text("plan") == "free" and service.text("type") in _USUAL[1:]:
            yield _block(
                entry.value,
                "free-plan",
                f"{_name(service)} has the plan free",
                "only web services and Key Value have it; Render refuses it for others",
                "Write `plan: starter`.",
            )


def eviction(document: Document) -> Iterator[Fault]:
    """A Key Value that may throw messages away."""
    for service in services_of(document.root):
        if (
            role_of(service) is not Role.KEY_VALUE
            or service.text("maxmemoryPolicy") == "noeviction"
        ):
            continue
        entry = service.entry("maxmemoryPolicy")
        yield Fault(
            "eviction",
            Severity.WARN,
            *_place(entry.value if entry else service),
            f"{_name(service)} may evict keys when its memory is full",
            "a broker would lose tasks by it; where nothing is said, Render takes allkeys-lru",
            "Write `maxmemoryPolicy: noeviction`, unless it is a cache only.",
        )


def old_key_value(document: Document) -> Iterator[Fault]:
    """`type: redis`, the old name of `keyvalue`."""
    for service in services_of(document.root):
        entry = service.entry("type")
        if entry and service.text("type") == "redis":
            yield _warn(
                entry.value,
                "type-redis",
                f"{_name(service)} is of type redis",
                "that is the deprecated name of keyvalue",
                "Write `type: keyvalue`, here and in each fromService.",
            )


def health_check_block(document: Document) -> Iterator[Fault]:
    """`healthCheck:` as other platforms have it."""
    for service in services_of(document.root):
        if (entry := service.entry("healthCheck")) is not None:
            yield _block(
                entry.key,
                "health-check-block",
                f"{_name(service)} has a block healthCheck",
                "Render has a path alone, and refuses this key",
                "Write `healthCheckPath: /health`.",
            )


def health_check_of_worker(document: Document) -> Iterator[Fault]:
    """A health check where nobody listens."""
    for service in services_of(document.root):
        entry = service.entry("healthCheckPath")
        if entry and service.text("type") in ("worker", "pserv"):
            yield _warn(
                entry.key,
                "health-check-of-worker",
                f"{_name(service)} has a healthCheckPath",
                "Render asks web services only",
                "Remove it.",
            )


def previews_off(document: Document) -> Iterator[Fault]:
    """`previews: {generation: off}` of a service."""
    for service in services_of(document.root):
        previews = service.table("previews")
        if previews and previews.text("generation") == "off":
            yield _warn(
                _value(previews, "generation"),
                "previews-off",
                f"{_name(service)} switches previews off",
                "for one service Render takes automatic or manual only, whatever its schema says",
                "Remove it here; `previews: {generation: off}` at the root is for all.",
            )


def build_filter(document: Document) -> Iterator[Fault]:
    """A `buildFilter` that says half of it."""
    for service in services_of(document.root):
        found = service.table("buildFilter")
        if found and ("paths" in found) != ("ignoredPaths" in found):
            given, missing = (
                ("paths", "ignoredPaths") if "paths" in found else ("ignoredPaths", "paths")
            )
            yield _warn(
                found,
                "build-filter",
                f"the buildFilter of {_name(service)} has {given} alone",
                f"what is left out is cleared: {missing} that were set elsewhere are gone",
                f"Write {missing} too, if only `[]`.",
            )


def two_triggers(document: Document) -> Iterator[Fault]:
    """`autoDeploy`, the old name of `autoDeployTrigger`."""
    for service in services_of(document.root):
        if (entry := service.entry("autoDeploy")) is not None:
            both = "autoDeployTrigger" in service
            yield _warn(
                entry.key,
                "auto-deploy",
                f"{_name(service)} has autoDeploy" + (" and autoDeployTrigger" if both else ""),
                "autoDeploy is deprecated" + (", and the two may disagree" if both else ""),
                "Remove autoDeploy; `autoDeployTrigger: commit` is true, `off` is false.",
            )


def same_names(document: Document) -> Iterator[Fault]:
    """Two services of one name."""
    services = services_of(document.root)
    names = Counter(service.text("name") for service in services)
    seen: set[str] = set()
    for service in services:
        name = service.text("name")
        if name and names[name] > 1 and name in seen:
            yield _block(
                _value(service, "name"),
                "same-name",
                f"a second service is named {name}",
                "names are unique within a Blueprint",
                "Give it another name.",
            )
        seen.add(name)


def unlike_services(document: Document) -> Iterator[Fault]:
    """Web, workers and beat that are deployed from different places or at different times."""
    for key, default, why in _COMMON:
        first: dict[str, str] = {}
        for service in services_of(document.root):
            role = role_of(service)
            if role not in _ALIKE and not (key == "region" and role is not Role.OTHER):
                continue
            # Services of another folder or repository are another application.
            app = "" if key == "region" else f"{service.text('repo')}:{service.text('rootDir')}"
            value = service.text(key) or default
            if value != first.setdefault(app, value):
                yield _warn(
                    _value(service, key),
                    f"unlike-{key}",
                    f"{_name(service)} has the {key} {value or 'of the repository'}, others"
                    f" {first[app] or 'that of the repository'}",
                    why,
                    f"Give all of them the same {key}.",
                )


_COMMON: Final = (
    ("region", "oregon", "services reach each other, and Key Value, within one region only"),
    ("branch", "", "web and workers would run different code"),
    (
        "autoDeployTrigger",
        "commit",
        "web and workers would run different code while one of them waits",
    ),
)


def _name(service: Table) -> str:
    return service.text("name") or f"the service in line {service.line}"


def _value(table: Table, key: str) -> Node:
    entry = table.entry(key)
    return table if entry is None else entry.value


def _place(node: Node) -> tuple[int, int]:
    return node.line, node.column


def _block(node: Node, rule: str, what: str, why: str, fix: str) -> Fault:
    return Fault(rule, Severity.BLOCK, *_place(node), what, why, fix)


def _warn(node: Node | Scalar, rule: str, what: str, why: str, fix: str) -> Fault:
    return Fault(rule, Severity.WARN, *_place(node), what, why, fix)


SERVICE_LINTS: Final = (
    root_redis,
    env_for_runtime,
    runtime_with_version,
    docker_command,
    free_plan,
    eviction,
    old_key_value,
    health_check_block,
    health_check_of_worker,
    previews_off,
    build_filter,
    two_triggers,
    same_names,
    unlike_services,
)
