"""Which service of a file is which of those that are wanted."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from core.render.blueprint.node import Table
from core.render.blueprint.running import code_folder
from core.render.blueprint.services import (
    Role,
    celery_calls,
    command_text,
    queues_of,
    role_of,
    services_of,
)
from core.render.blueprint.wanted import WantedService
from core.rows.celery import app_of, command_of

_MODULE: Final = re.compile(
    r"\b(?:uvicorn|gunicorn|hypercorn|daphne|granian)\b.*?\s[\"']?([A-Za-z_][\w.]*):\w+"
)


def match_services(
    root: Table | None,
    wanted: Sequence[WantedService],
    runs: Callable[[Table], str] = command_text,
) -> tuple[Table | None, ...]:
    """For each wanted service that of the file, by role, name and what it runs; else None.

    A service of another folder, repository or app is another one's, whatever it is called. `runs`
    tells what a service runs, as far as that is known.
    """
    free = [(one, runs(one)) for one in services_of(root)]
    found: list[Table | None] = []
    for service in wanted:
        alike = [(one, command) for one, command in free if _fits(one, service, command)]
        # Another module of its package may pass the same app on, or have one of its own.
        same = [each for each in alike if _app(each[1]) in ("", _app(service.command))]
        chosen = _chosen(same or alike, service, wanted)
        found.append(chosen)
        free = [each for each in free if each[0] is not chosen]
    return tuple(found)


def _chosen(
    alike: Sequence[tuple[Table, str]], service: WantedService, wanted: Sequence[WantedService]
) -> Table | None:
    for one, _ in alike:
        if one.text("name") == service.name:
            return one
    for one, command in alike:
        if service.role is Role.WORKER and _queues(command) == _queues(service.command):
            return one
    is_only = sum(one.role is service.role for one in wanted) == 1
    return alike[0][0] if is_only and len(alike) == 1 else None


def _fits(one: Table, service: WantedService, command: str) -> bool:
    if role_of(one, command) is not service.role and not _may_become(one, service, command):
        return False
    if service.role is Role.KEY_VALUE:
        return True
    # Without a root directory it is the repository's, or one whose command changes the folder.
    if one.text("repo") or code_folder(one) not in ("", service.folder):
        return False
    theirs, ours = _app(command), _app(service.command)
    return not theirs or _package(theirs) == _package(ours)


def _may_become(one: Table, service: WantedService, command: str) -> bool:
    """A worker of which nothing says yet what it runs."""
    is_worker = service.role is Role.WORKER and one.text("type") == "worker"
    return is_worker and not command.strip()


def _app(command: str) -> str:
    """The module that a command is about; empty where it does not say."""
    for call in celery_calls(command):
        return (app_of(call) or "").partition(":")[0]
    found = _MODULE.search(command)
    return found[1] if found else ""


def _package(module: str) -> str:
    return module.partition(".")[0]


def _queues(command: str) -> frozenset[str]:
    for call in celery_calls(command):
        if command_of(call) == "worker":
            return frozenset(queues_of(call))
    return frozenset()
