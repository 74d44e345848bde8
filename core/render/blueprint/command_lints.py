"""Lints of start commands: workers, beat, Flower and web servers that would not do on Render."""

import re
from collections.abc import Iterator
from typing import Final

from core.render.blueprint.fault import Fault, Severity
from core.render.blueprint.node import Node, Table
from core.render.blueprint.reading import Document
from core.render.blueprint.services import (
    Role,
    celery_calls,
    command_key,
    command_text,
    groups_of,
    option_of,
    role_of,
    services_of,
)
from core.rows.celery import app_of, command_of, embeds_beat

_SHELL_NAME: Final = re.compile(r"%(?:computername|hostname)%|\$env:\w+", re.IGNORECASE)
_SERVER: Final = re.compile(r"\b(uvicorn|gunicorn|hypercorn|daphne|granian)\b")
_LOOPBACK: Final = re.compile(r"127\.0\.0\.1|localhost")


def worker_command(document: Document) -> Iterator[Fault]:
    """Workers: the pool of Windows, names of a Windows shell, no concurrency."""
    for service, call in _calls(document, "worker"):
        if option_of(call, "--pool", "-P") == "solo":
            yield _fault(
                service,
                "solo-pool",
                "runs the solo pool",
                "it is for Windows: one task at a time, no time limits",
                "Leave out --pool: prefork is the default on Linux.",
            )
        if option_of(call, "--concurrency", "-c") is None:
            yield _fault(
                service,
                "no-concurrency",
                "has no --concurrency",
                "Celery starts a process for each processor of the host, which is more than the"
                " plan has: out of memory",
                "Add --concurrency=1, or what `solofleet render blueprint` advises.",
                Severity.WARN,
            )
        node = option_of(call, "-n", "--hostname")
        if node is not None and "%h" not in node and "$" not in node and _many(service):
            yield _fault(
                service,
                "same-node",
                "gives all its instances one node name",
                "two workers of one name are counted as one by every tool",
                "Write -n worker@%h.",
                Severity.WARN,
            )
    for service in services_of(document.root):
        if found := _SHELL_NAME.search(command_text(service)):
            yield _fault(
                service,
                "shell-name",
                f"has {found[0]} in its command",
                "that is of a Windows shell; Celery ends with: Unknown format %c",
                "Write %h for the host.",
            )


def beat_command(document: Document) -> Iterator[Fault]:
    """Beat: exactly one, or each scheduled task is sent more than once."""
    beats: dict[str, str] = {}
    for service, call in _calls(document, "worker"):
        if embeds_beat(call):
            yield _fault(
                service,
                "embedded-beat",
                "has beat in it (-B)",
                "while a deploy replaces it, or with two instances, each sends every task",
                "Make beat a worker service of its own, with `numInstances: 1`.",
                Severity.BLOCK if _many(service) else Severity.WARN,
            )
    for service, call in _calls(document, "beat"):
        app, name = app_of(call) or "", service.text("name")
        if _many(service):
            yield _fault(
                service,
                "many-beats",
                "runs more than one beat",
                "each of them sends every scheduled task",
                "Write `numInstances: 1`, and no scaling.",
            )
        if app in beats:
            yield _fault(
                service,
                "many-beats",
                f"is a second beat, beside {beats[app]}",
                "both send every scheduled task",
                "Keep one of them.",
            )
        beats.setdefault(app, name)


def flower_command(document: Document) -> Iterator[Fault]:
    """Flower: a web service, with a password that is not in its command."""
    for service, call in _calls(document, "flower"):
        if service.text("type") != "web":
            yield _fault(
                service,
                "flower-type",
                f"runs Flower as a {service.text('type')}",
                "only a web service gets a port and an address",
                "Write `type: web`, or leave Flower out.",
            )
        if option_of(call, "--basic_auth", "--basic-auth") is not None:
            yield _fault(
                service,
                "flower-password",
                "has Flower's password in its command",
                "every member of the workspace sees it, and the file is committed",
                "Use the variable FLOWER_BASIC_AUTH with `sync: false`, and change the password.",
            )
        elif not _has_variable(document, service, "FLOWER_BASIC_AUTH"):
            yield _fault(
                service,
                "flower-open",
                "runs Flower without a password",
                "unless the Dashboard has one, everybody with the address can see and end tasks",
                "Add the variable FLOWER_BASIC_AUTH with `sync: false`: user:password.",
                Severity.WARN,
            )
        if service.text("healthCheckPath") not in ("", "/healthcheck"):
            yield _fault(
                service,
                "flower-health",
                "asks Flower for its health where it wants a password",
                "with one, Flower answers 401 there, and Render restarts it for ever",
                "Write `healthCheckPath: /healthcheck`.",
            )


def web_command(document: Document) -> Iterator[Fault]:
    """Web servers: on all addresses, at the port that Render gives."""
    for service in services_of(document.root):
        command, found = command_text(service), _SERVER.search(command_text(service))
        if service.text("type") != "web":
            continue
        if found and "$PORT" not in command and "${PORT" not in command:
            if found[1] == "gunicorn" and not re.search(r"\s(?:-b|--bind)\b", command):
                continue  # it takes PORT itself
            yield _fault(
                service,
                "web-port",
                f"starts {found[1]} without $PORT",
                "Render asks at the port that this variable holds",
                "Add --port $PORT, or --bind 0.0.0.0:$PORT.",
            )
        needs_host = found and found[1] in ("uvicorn", "daphne", "granian", "hypercorn")
        if _LOOPBACK.search(command) or (needs_host and "0.0.0.0" not in command):
            yield _fault(
                service,
                "web-host",
                "listens on the loopback address",
                "Render cannot reach it there, and the deploy fails after 15 minutes",
                "Add --host 0.0.0.0.",
            )


def _calls(document: Document, command: str) -> Iterator[tuple[Table, tuple[str, ...]]]:
    for service in services_of(document.root):
        if role_of(service) is not Role.OTHER:
            for call in celery_calls(command_text(service)):
                if command_of(call) == command:
                    yield service, call


def _many(service: Table) -> bool:
    return service.text("numInstances") not in ("", "1") or "scaling" in service


def _has_variable(document: Document, service: Table, key: str) -> bool:
    """Also in a group that it has; one that is made in the Dashboard may hold anything."""
    groups = {group.text("name"): group for group in groups_of(document.root)}
    for table in service.tables("envVars"):
        name = table.text("fromGroup")
        if table.text("key") == key or (name and name not in groups):
            return True
        held = groups[name].tables("envVars") if name else ()
        if any(variable.text("key") == key for variable in held):
            return True
    return False


def _fault(
    service: Table,
    rule: str,
    what: str,
    why: str,
    fix: str,
    severity: Severity = Severity.BLOCK,
) -> Fault:
    entry = service.entry(command_key(service))
    node: Node = service if entry is None else entry.value
    name = service.text("name") or f"the service in line {service.line}"
    return Fault(rule, severity, node.line, node.column, f"{name} {what}", why, fix)


COMMAND_LINTS: Final = (worker_command, beat_command, flower_command, web_command)
