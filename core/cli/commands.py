"""Everything that `solofleet` can be told to do, in the order of its help.

A command brings along the modules of what it does, half a second of them in all: only that one is
read which was asked for.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Final

from core.cli.command import Command

PLACES: Final = {
    "demo": "fleet.DEMO_RUN",
    "up": "fleet.UP",
    "send": "send.SEND",
    "tasks": "tasks.TASKS",
    "ps": "ps.PS",
    "status": "status.STATUS",
    "inspect": "inspect.INSPECT",
    "queues": "queues.QUEUES",
    "revoke": "revoke.REVOKE",
    "purge": "purge.PURGE",
    "restore": "restore.RESTORE",
    "flower": "flower.FLOWER",
    "doctor": "doctor.DOCTOR",
    "parity": "parity.PARITY",
    "settings": "settings.SETTINGS",
    "export": "export.EXPORT",
    "size": "size.SIZE",
    "render check": "render_check.RENDER_CHECK",
    "render blueprint": "render_blueprint.RENDER_BLUEPRINT",
    "render env": "render_env.RENDER_ENV",
    "render push": "render_push.RENDER_PUSH",
    "render create": "render_create.RENDER_CREATE",
    "render login": "render_login.RENDER_LOGIN",
    "render status": "render_status.RENDER_STATUS",
    "render deploy": "render_deploy.RENDER_DEPLOY",
    "render logs": "render_logs.RENDER_LOGS",
    "render metrics": "render_metrics.RENDER_METRICS",
    "render scale": "render_scale.RENDER_SCALE",
    "render autoscale": "render_autoscale.RENDER_AUTOSCALE",
    "render restart": "render_power.RENDER_RESTART",
    "render suspend": "render_power.RENDER_SUSPEND",
    "render resume": "render_power.RENDER_RESUME",
    "render checklist": "render_checklist.RENDER_CHECKLIST",
    "render verify": "render_verify.RENDER_VERIFY",
    "render rehearse": "render_rehearse.RENDER_REHEARSE",
}
"""Where each command is, in this package."""


def commands_for(words: Sequence[str]) -> tuple[Command, ...]:
    """The commands that begin with the first of these words; all where there is none."""
    first = words[0] if words else ""
    return _read([name for name in PLACES if name.split()[0] == first] or PLACES)


def all_commands() -> tuple[Command, ...]:
    """All of them."""
    return _read(PLACES)


def _read(names: Iterable[str]) -> tuple[Command, ...]:
    return tuple(_command(PLACES[name]) for name in names)


def _command(place: str) -> Command:
    module, _, name = place.partition(".")
    command: Command = getattr(import_module(f"core.cli.{module}"), name)
    return command
