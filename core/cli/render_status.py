"""`solofleet render status`: what of a project is on Render, and how it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.printable import printable
from core.cli.render_account import DASHBOARD, OnRender, add_render, on_render
from core.cli.table import indented, table
from core.errors import DONE
from core.render.api.answers import Deploy, KeyValue, Service
from core.render.api.event import Event
from core.render.api.matching import Match


@dataclass(frozen=True, slots=True)
class Standing:
    """How one service is: its last deploy, and the failures among its latest events."""

    match: Match
    deploy: Deploy | None
    failures: tuple[Event, ...]


def status_lines(
    owner: str, standings: Sequence[Standing], key_values: Sequence[KeyValue]
) -> Iterator[str]:
    """A table of the services, one of the Key Values, then what failed."""
    yield f"workspace {owner}"
    yield ""
    cells: list[Sequence[str]] = [("service", "state", "plan", "n", "last deploy", "commit")]
    cells += [_row(each) for each in standings]
    yield from table(cells, (0, 1, 2, 4, 5))
    if key_values:
        yield ""
        names = [("key value", "state", "plan", "when full")]
        rows = [(each.name, each.status, each.plan, each.policy) for each in key_values]
        yield from table([*names, *rows], (0, 1, 2, 3))
    for each in standings:
        if each.failures:
            yield ""
            yield from _failures(each)
    if any(each.match.service is None for each in standings):
        yield ""
        yield from indented(
            f"What is not there is made when the repository is connected: {DASHBOARD}"
        )


def _row(standing: Standing) -> tuple[str, ...]:
    service, deploy = standing.match.service, standing.deploy
    if service is None:
        return standing.match.name, "not on Render", "", "", "", ""
    return (
        service.name,
        "suspended" if service.suspended else "active",
        service.plan,
        "-" if service.instances is None else str(service.instances),
        "-" if deploy is None else f"{deploy.status} {told_at(deploy.created_at)}".rstrip(),
        "-" if deploy is None else deploy.commit[:7],
    )


def _failures(standing: Standing) -> Iterator[str]:
    last = standing.failures[-1]
    count = len(standing.failures)
    often = f"{count} failures, the last one" if count > 1 else "failed"
    yield f"{standing.match.name}: {often} {told_at(last.at)}, {last.failure}"
    if last.failure is not None and last.failure.out_of_memory:
        yield from indented("`solofleet size` tells how many tasks at once its plan takes.")


def told_at(at: datetime | None) -> str:
    """A time in UTC: whoever's clock is off sees Render's."""
    return "" if at is None else f"{at.astimezone(UTC):%m-%d %H:%MZ}"


async def _standing(there: OnRender, match: Match) -> Standing:
    if (service := match.service) is None:
        return Standing(match, None, ())
    deploys = await there.api.deploys(service, most=1)
    events = await there.api.events(service)
    failures = (each for each in events if each.type == "server_failed" and each.failure)
    return Standing(match, deploys[0] if deploys else None, tuple(failures))


def status_document(
    owner: str, standings: Sequence[Standing], key_values: Sequence[KeyValue]
) -> str:
    """All of it for programs."""
    services = [_fields(each) for each in standings]
    redis = [
        {"name": each.name, "status": each.status, "plan": each.plan, "policy": each.policy}
        for each in key_values
    ]
    return as_json("render_status", workspace=owner, services=services, key_values=redis)


def _fields(standing: Standing) -> dict[str, Any]:
    match, deploy = standing.match, standing.deploy
    told: dict[str, Any] = {"name": match.name, "type": match.type, "role": match.role.value}
    told["service"] = None if match.service is None else service_fields(match.service)
    told["deploy"] = None if deploy is None else deploy_fields(deploy)
    told["failures"] = [
        {"at": None if each.at is None else each.at.isoformat(), "why": str(each.failure)}
        for each in standing.failures
    ]
    return told


def service_fields(service: Service) -> dict[str, Any]:
    """A service for programs."""
    return {
        "id": service.id,
        "suspended": service.suspended,
        "plan": service.plan,
        "region": service.region,
        "instances": service.instances,
        "branch": service.branch,
        "url": service.url,
        "dashboard": service.dashboard,
    }


def deploy_fields(deploy: Deploy) -> dict[str, Any]:
    """A deploy for programs."""
    return {
        "id": deploy.id,
        "status": deploy.status,
        "commit": deploy.commit,
        "trigger": deploy.trigger,
        "created_at": None if deploy.created_at is None else deploy.created_at.isoformat(),
    }


async def _run(here: Here) -> int:
    async with on_render(here) as there:
        standings = [await _standing(there, match) for match in there.matches]
        key_values = await there.api.key_values(there.owner.id)
    told = there.owner.name, standings, key_values
    if here.arguments.json:
        here.terminal.line(status_document(*told))
    else:
        here.terminal.line(*(printable(line, colour=False) for line in status_lines(*told)))
    return DONE


RENDER_STATUS = Command("render status", "how the project is on Render", add_render, _run)
