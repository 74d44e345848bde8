"""What an existing Blueprint has chosen already, so that what is added goes with it."""

import re
from typing import Any, Final

from core.project.opening import Project
from core.render.blueprint.node import Table
from core.render.blueprint.reading import Document
from core.render.blueprint.schema import REGIONS, TRIGGERS
from core.render.blueprint.services import (
    Role,
    celery_calls,
    command_text,
    groups_of,
    option_of,
    role_of,
    services_of,
)
from core.render.blueprint.wants import BROKER
from core.render.choices import Choices
from core.rows.celery import command_of

_OUTSIDE: Final = re.compile(
    r"rediss?://(?![^/]*(?:localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal))"
)


def inferred(document: Document, project: Project) -> Choices:
    """The choices that a file shows, and of a project the Redis that its .env leads to."""
    services = services_of(document.root)
    said: dict[str, Any] = {"redis": _redis(document, project)}
    regions = [one.text("region") or REGIONS[0] for one in services if role_of(one) != Role.OTHER]
    triggers = [one.text("autoDeployTrigger") for one in services]
    said["region"] = next((region for region in regions if region in REGIONS), None)
    said["deploy"] = next((trigger for trigger in triggers if trigger in TRIGGERS), None)
    said["flower"] = any(role_of(one) is Role.FLOWER for one in services) or None
    workers = [one for one in services if role_of(one) is Role.WORKER]
    said["plan"] = next((one.text("plan") for one in workers if one.text("plan")), None)
    said["concurrency"] = next(filter(None, map(_concurrency, workers)), None)
    return Choices(**{key: value for key, value in said.items() if value != "free"})


def _concurrency(service: Table) -> int | None:
    for call in celery_calls(command_text(service)):
        text = option_of(call, "--concurrency", "-c") if command_of(call) == "worker" else None
        if text and text.isdecimal():
            return max(1, int(text))
    return None


def _redis(document: Document, project: Project) -> str | None:
    services = services_of(document.root)
    if any(role_of(one) is Role.KEY_VALUE for one in services):
        return "key-value"
    owners = (*services, *groups_of(document.root))
    keys = {variable.text("key") for owner in owners for variable in owner.tables("envVars")}
    if keys & set(BROKER):
        return "outside"
    values = {value.name: value.secret.reveal() for value in project.env}
    urls = [values[name] for name in BROKER if name in values]
    return "outside" if any(map(_OUTSIDE.match, urls)) else None
