"""`solofleet render status`: what of a project is on Render, and how it is."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.printable import printable
from core.cli.render_account import DASHBOARD, add_render, measured_of, on_render
from core.cli.table import indented, table
from core.errors import DONE, FleetError
from core.render.api.answers import Deploy, KeyValue, Service
from core.render.plans import known_plans
from core.render.remote.kills import explain_kills, kills_of
from core.render.remote.standing import Standing, read_standing
from core.render.sizing.measured import Measured


def status_lines(
    owner: str,
    standings: Sequence[Standing],
    key_values: Sequence[KeyValue],
    measured: Measured | None = None,
) -> Iterator[str]:
    """A table of the services, one of the Key Values, then what failed, and what helps."""
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
            yield from _failures(each, _memory(each, measured))
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


def _failures(standing: Standing, memory: FleetError | None) -> Iterator[str]:
    explained = () if memory is None else kills_of(standing.failures)
    others = [each for each in standing.failures if each not in explained]
    if memory is not None:
        yield memory.what
        yield from indented(f"why: {memory.why}")
        yield from indented(f"fix: {memory.fix}")
    if others:
        count, last = len(others), others[-1]
        often = f"{count} failures, the last one" if count > 1 else "failed"
        yield f"{standing.match.name}: {often} {told_at(last.at)}, {last.failure}"


def _memory(standing: Standing, measured: Measured | None) -> FleetError | None:
    service = standing.match.service
    if service is None:
        return None
    kills = explain_kills(service, standing.events, measured, known_plans())
    return None if kills is None else kills.told


def told_at(at: datetime | None) -> str:
    """A time in UTC: whoever's clock is off sees Render's."""
    return "" if at is None else f"{at.astimezone(UTC):%m-%d %H:%MZ}"


def status_document(
    owner: str,
    standings: Sequence[Standing],
    key_values: Sequence[KeyValue],
    measured: Measured | None = None,
) -> str:
    """All of it for programs."""
    services = [_fields(each, measured) for each in standings]
    redis = [
        {"name": each.name, "status": each.status, "plan": each.plan, "policy": each.policy}
        for each in key_values
    ]
    return as_json("render_status", workspace=owner, services=services, key_values=redis)


def _fields(standing: Standing, measured: Measured | None) -> dict[str, Any]:
    match, deploy = standing.match, standing.deploy
    told: dict[str, Any] = {"name": match.name, "type": match.type, "role": match.role.value}
    told["service"] = None if match.service is None else service_fields(match.service)
    told["deploy"] = None if deploy is None else deploy_fields(deploy)
    told["failures"] = [
        {"at": None if each.at is None else each.at.isoformat(), "why": str(each.failure)}
        for each in standing.failures
    ]
    memory = _memory(standing, measured)
    told["out_of_memory"] = (
        None if memory is None else {"what": memory.what, "why": memory.why, "fix": memory.fix}
    )
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
    measured = await measured_of(here)
    async with on_render(here) as there:
        standings = [await read_standing(there.api, match) for match in there.matches]
        key_values = await there.api.key_values(there.owner.id)
    told = there.owner.name, standings, key_values, measured
    if here.arguments.json:
        here.terminal.line(status_document(*told))
    else:
        here.terminal.line(*(printable(line, colour=False) for line in status_lines(*told)))
    return DONE


RENDER_STATUS = Command("render status", "how the project is on Render", add_render, _run)
