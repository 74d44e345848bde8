"""Stopping a service on Render, starting it again, and giving it new processes."""

from typing import Final

from core.render.api.answers import Service
from core.render.remote.change import Change, named, needless

_WORKER: Final = "background_worker"


def suspend(service: Service, workspace: str) -> Change:
    """Stop it until it is resumed. Raises FleetError where it is stopped already."""
    if service.suspended:
        raise needless(
            service,
            "was not suspended",
            "it is suspended already, and runs nothing",
            f"Start it again: solofleet render resume --service {service.name}",
        )
    note = "What is sent to it waits in its queues until it is resumed."
    return Change(
        service.name,
        f"suspend {named(service, workspace)}: all of its instances stop",
        f"{service.name}: Render was asked to suspend it",
        {"suspended": True},
        lambda api: api.suspend(service),
        note if service.type == _WORKER else "Nobody answers at its address until it is resumed.",
    )


def resume(service: Service, workspace: str) -> Change:
    """Start it again. Raises FleetError where it is not stopped."""
    if not service.suspended:
        raise needless(
            service,
            "was not resumed",
            "it is not suspended",
            f"For new processes: solofleet render restart --service {service.name}",
        )
    count = service.instances or 1
    instances = "1 instance" if count == 1 else f"{count} instances"
    return Change(
        service.name,
        f"resume {named(service, workspace)} with {instances}",
        f"{service.name}: Render was asked to resume it",
        {"suspended": False},
        lambda api: api.resume(service),
    )


def restart(service: Service, workspace: str) -> Change:
    """New processes of the same commit. Raises FleetError where none run."""
    if service.suspended:
        raise needless(
            service,
            "was not restarted",
            "it is suspended, and has no process",
            f"Start it: solofleet render resume --service {service.name}",
        )
    return Change(
        service.name,
        f"restart {named(service, workspace)}: new processes of the same commit",
        f"{service.name}: Render was asked to restart it",
        {"restarted": True},
        lambda api: api.restart(service),
        "A task that runs there has until the shutdown delay to finish."
        if service.type == _WORKER
        else "",
    )
