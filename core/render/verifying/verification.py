"""Verifies a deployed app: a task of ours is sent through production's broker and seen to run.

What proves where it ran is Render's own log, which names task and instance; a worker's name only
hints at it. What tells the commit is Render's word on the deploy: nothing in a worker says it.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx

from core.errors import FleetError
from core.project.opening import Project
from core.render.api.answers import Owner, Service
from core.render.api.client import RenderApi
from core.render.api.matching import Match
from core.render.blueprint.services import Role
from core.render.verifying.brokers import Brokers
from core.render.verifying.delivery import memory_finding
from core.render.verifying.errand import PATIENCE_S
from core.render.verifying.judging import commit_finding, service_finding
from core.render.verifying.production import Production, find_production
from core.render.verifying.report import Finding, Notes, Report, Sure, Tell
from core.render.verifying.sites import TIMEOUT_S, flower_finding, web_finding
from core.render.verifying.standing import Standing, pushed_commit, stand
from core.workers.containment import Containment
from core.workers.nearby import Nearby, nearby_workers

RECENT: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Deployed:
    """What is verified: a project, its workspace, and its services there, by render.yaml.

    `paths` are the health checks by name of the service. `wanted` says where production's broker
    is known from (see `find_production`). `commit` is what must run, by default the pushed one.
    """

    project: Project
    owner: Owner
    matches: tuple[Match, ...]
    paths: Mapping[str, str] = field(default_factory=dict[str, str])
    wanted: str | None = None
    commit: str = ""


async def verify(
    deployed: Deployed,
    api: RenderApi,
    containment: Containment,
    environ: Mapping[str, str],
    tell: Tell = lambda news: None,
    *,
    patience_s: float = PATIENCE_S,
    nearby: Callable[[], Sequence[Nearby]] = nearby_workers,
    production: Production | FleetError | None = None,
) -> Report:
    """Look at all of it, and tell each finding as it comes. Raises FleetError where Render fails.

    Sends one task, unless a worker of this machine could take it or nobody is there. Changes
    nothing on Render. `nearby` are the workers among this machine's processes; it blocks.
    `production` is where the task goes, or why it goes nowhere, for who knows that already.
    """
    notes = Notes(tell)
    notes.doing("asking Render about the services")
    standings = await stand(api, deployed.matches)
    workers = [each for each in standings if each.match.role is Role.WORKER]
    pushed = deployed.commit or await _pushed(deployed.project, workers or standings)
    for each in standings:
        notes.found(service_finding(each), commit_finding(each, pushed))
    brokers = Brokers(deployed.project, containment, environ, notes, nearby)
    service = next((each.service for each in workers if each.service), None)
    source = ""
    try:
        if isinstance(production, FleetError):
            raise production
        if production is None:
            production = await find_production(
                deployed.project, api, deployed.owner, service, environ, deployed.wanted
            )
    except FleetError as error:
        notes.found(Finding("broker", Sure.FAILED, error.what, error.why, error.fix))
    else:
        source = production.source
        await brokers.local(production)
        await brokers.production(production, workers, api, patience_s)
    await _sites(standings, deployed.paths, brokers.nodes, notes)
    for each in workers:
        if each.service is not None and each.live is not None:
            notes.found(await _memory(api, each.service))
    return Report(
        workspace=deployed.owner.name,
        commit=pushed,
        broker=brokers.shown,
        source=source,
        errand=brokers.errand,
        findings=tuple(notes.findings),
    )


async def _pushed(project: Project, standings: Sequence[Standing]) -> str:
    branch = next((each.service.branch for each in standings if each.service), "")
    return await asyncio.to_thread(pushed_commit, project.root, branch)


async def _sites(
    standings: Iterable[Standing], paths: Mapping[str, str], nodes: frozenset[str], notes: Notes
) -> None:
    notes.doing("asking what is served")
    async with httpx.AsyncClient(timeout=TIMEOUT_S) as client:
        for each in standings:
            name, service = each.match.name, each.service
            if service is None or service.suspended or not service.url:
                continue
            url = service.url.rstrip("/")
            if each.match.role is Role.FLOWER:
                notes.found(await flower_finding(client, name, url, nodes))
            elif each.match.role is Role.WEB:
                notes.found(await web_finding(client, name, url, paths.get(name) or "/"))


async def _memory(api: RenderApi, service: Service) -> Finding:
    now = datetime.now(UTC)
    used = await api.metric("memory", service, now - RECENT, now)
    return memory_finding(
        service.name, used, await api.metric("memory-limit", service, now - RECENT, now)
    )
